package dev.holdfast.check.join;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.Targets;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Images known by an archive or layout: their configuration, and the names of their files. */
final class ArchiveImage {
    /** How builders note what a step does that makes no layer: {@code VOLUME [/data]}, older ones as {@code /bin/sh -c #(nop) …}. */
    private static final Pattern STEP =
            Pattern.compile("(?s)(?:/bin/sh -c #\\(nop\\)\\s+)?(VOLUME|HEALTHCHECK)\\s+(.*)");

    private ArchiveImage() {}

    /** Adds the images of an archive under the names that it gives them, or under the one that is given. */
    static void add(Path path, String name, boolean isJudged, Limits limits, KnownImages images)
            throws InputException, IOException {
        TargetRequest request = new TargetRequest(path.toString(), path, Optional.empty(), Optional.empty());
        for (Target opened : Targets.open(request, limits)) {
            try (Target target = opened) {
                TargetDescription description = target.description();
                KnownImage image = of(target, path.toString(), isJudged);
                if (!name.isEmpty()) {
                    images.add(name, image);
                }
                description.tags().forEach(tag -> images.add(tag, image));
                description.digest().ifPresent(digest -> images.add("image@" + digest, image));
            }
        }
    }

    private static KnownImage of(Target target, String path, boolean isJudged) throws InputException, IOException {
        ImageConfiguration configuration = target.configuration();
        List<Setting> volumes = new ArrayList<>();
        Optional<Setting> healthCheck = Optional.empty();
        for (ImageConfiguration.HistoryEntry step : configuration.history()) {
            Matcher matcher = STEP.matcher(step.createdBy());
            if (matcher.matches() && matcher.group(1).equals("VOLUME")) {
                for (String volume :
                        matcher.group(2).replaceAll("[\\[\\]\",]", " ").strip().split("\\s+")) {
                    volumes.add(new Setting(volume, path, Place.START));
                }
            } else if (matcher.matches()) {
                boolean isNone = matcher.group(2).contains("NONE");
                healthCheck = isNone ? Optional.empty() : Optional.of(new Setting(matcher.group(2), path, Place.START));
            }
        }
        FileTree tree = target.read((_, _) -> Want.NOTHING, new Gaps());
        return new KnownImage(
                path,
                true,
                isJudged,
                Whom.of(new Setting(configuration.user(), path, Place.START)),
                settings(configuration.environment(), path),
                launch(configuration.entrypoint(), path),
                launch(configuration.command(), path),
                settings(configuration.exposedPorts(), path),
                volumes,
                healthCheck,
                List.of(),
                target.description()
                        .platform()
                        .map(platform -> new ImagePlatform(platform.os(), platform.architecture()))
                        .orElse(ImagePlatform.ANY),
                (program, folders) -> presence(tree, program, folders));
    }

    private static ImageFiles.Presence presence(FileTree tree, String program, List<String> folders) {
        if (program.startsWith("/")) {
            return isFile(tree, program) ? ImageFiles.Presence.THERE : ImageFiles.Presence.MISSING;
        }
        if (program.indexOf('/') >= 0) {
            return ImageFiles.Presence.UNKNOWN; // from whatever folder it starts in
        }
        boolean isThere = folders.stream().anyMatch(folder -> isFile(tree, folder + "/" + program));
        return isThere ? ImageFiles.Presence.THERE : ImageFiles.Presence.MISSING;
    }

    private static boolean isFile(FileTree tree, String path) {
        return tree.resolve(path)
                .filter(file -> file.type() == FileType.REGULAR)
                .isPresent();
    }

    private static Optional<Launch> launch(List<String> words, String path) {
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Launch(words, Launch.isShell(words), new Setting(words.getFirst(), path, Place.START)));
    }

    private static List<Setting> settings(List<String> texts, String path) {
        return texts.stream().map(text -> new Setting(text, path, Place.START)).toList();
    }
}
