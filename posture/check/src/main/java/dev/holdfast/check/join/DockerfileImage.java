package dev.holdfast.check.join;

import dev.holdfast.check.ImageName;
import dev.holdfast.check.dockerfile.KnownBases;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.dockerfile.Dockerfile;
import dev.holdfast.manifest.dockerfile.DockerfileReader;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Stages;
import dev.holdfast.manifest.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The image that a Dockerfile makes, as far as its text tells: the instructions of the stage that is built and of those below it, on top of
 * what is known of the base.
 */
final class DockerfileImage {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    private final String path;
    private final boolean isJudged;
    private final Foundation base;
    private final Optional<KnownImage> below;
    private boolean isUserOpen;
    private boolean mayBringShell;
    private Optional<Setting> user = Optional.empty();
    private Optional<Launch> entryPoint;
    private Optional<Launch> command;
    private Optional<Setting> healthCheck;
    private final List<Setting> environment = new ArrayList<>();
    private final List<Setting> ports = new ArrayList<>();
    private final List<Setting> volumes = new ArrayList<>();
    private final List<Setting> owners = new ArrayList<>();

    private DockerfileImage(String path, boolean isJudged, Foundation base, Optional<KnownImage> below) {
        this.path = path;
        this.isJudged = isJudged;
        this.base = base;
        this.below = below;
        this.entryPoint = below.flatMap(KnownImage::entryPoint);
        this.command = below.flatMap(KnownImage::command);
        this.healthCheck = below.flatMap(KnownImage::healthCheck);
        below.ifPresent(image -> {
            environment.addAll(image.environment());
            ports.addAll(image.ports());
            volumes.addAll(image.volumes());
            owners.addAll(image.owners());
        });
    }

    /**
     * Reads one; empty when it has no such stage, or cannot be read: the checks of the file itself say why.
     *
     * @param path what reports call it
     * @param target the stage that is built; empty: the last
     * @param images where its base may be found
     */
    static Optional<KnownImage> of(
            String path, String text, Optional<String> target, boolean isJudged, KnownImages images, Limits limits) {
        Dockerfile file;
        try {
            file = new DockerfileReader(limits).read(text);
        } catch (InputException unreadable) {
            return Optional.empty();
        }
        Stages stages = Stages.of(file);
        Optional<Stage> top =
                target.isPresent() ? stages.named(target.get(), stages.all().size()) : stages.last();
        if (top.isEmpty()) {
            return Optional.empty();
        }
        List<Stage> chain = stages.chain(top.get());
        Foundation base = chain.getFirst().base();
        Optional<KnownImage> below =
                base instanceof Foundation.Image(String reference) ? images.find(reference) : Optional.empty();
        DockerfileImage image = new DockerfileImage(path, isJudged, base, below);
        for (Stage stage : chain) {
            stage.instructions().forEach(one -> image.apply(one, stage, file.escape()));
        }
        return Optional.of(image.made());
    }

    private void apply(Instruction one, Stage stage, char escape) {
        switch (one.keyword()) {
            case USER -> user(one, stage, escape);
            case ENV -> {
                for (int i = 0; i + 1 < one.words().size(); i += 2) {
                    environment.add(setting(
                            one.words().get(i),
                            one.words().get(i).text() + "="
                                    + one.words().get(i + 1).text()));
                }
            }
            case ENTRYPOINT -> {
                entryPoint = launch(one);
                command = Optional.empty(); // what the base starts is no argument of another program
            }
            case CMD -> command = launch(one);
            case EXPOSE -> add(one, stage, escape, ports);
            case VOLUME -> add(one, stage, escape, volumes);
            case HEALTHCHECK -> {
                String text = one.arguments().toString().strip();
                healthCheck = text.equalsIgnoreCase("NONE")
                        ? Optional.empty()
                        : Optional.of(new Setting(text, path, one.place()));
            }
            case ADD, COPY -> {
                mayBringShell |= mayBringShell(one);
                one.flag("chown").ifPresent(flag -> owners.add(new Setting(flag.value(), path, one.place())));
            }
            case RUN -> mayBringShell = true; // where one can be run, there is one, or it made what runs
            case ARG, FROM, LABEL, MAINTAINER, ONBUILD, SHELL, STOPSIGNAL, WORKDIR -> {}
        }
    }

    private void user(Instruction one, Stage stage, char escape) {
        if (one.words().isEmpty()) {
            return;
        }
        Expanded expanded = stage.expand(one, one.words().getFirst().text(), escape);
        isUserOpen = !expanded.isKnown();
        user = Optional.of(new Setting(expanded.text(), path, one.place()));
    }

    private void add(Instruction one, Stage stage, char escape, List<Setting> into) {
        for (Word word : one.words()) {
            Expanded expanded = stage.expand(one, word.text(), escape);
            if (expanded.isKnown()) {
                into.add(setting(word, expanded.text()));
            }
        }
    }

    private Setting setting(Word word, String text) {
        return new Setting(text, path, word.place());
    }

    private Optional<Launch> launch(Instruction one) {
        List<String> words = one.words().stream().map(Word::text).toList();
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new Launch(
                        words,
                        !one.isExec() || Launch.isShell(words),
                        new Setting(one.keyword().name(), path, one.place())));
    }

    private KnownImage made() {
        boolean isWhole = base instanceof Foundation.Scratch
                || below.map(KnownImage::isWhole).orElse(false);
        return new KnownImage(
                path,
                isWhole,
                isJudged,
                whom(isWhole),
                environment,
                entryPoint,
                command,
                ports,
                volumes,
                healthCheck,
                owners,
                below.map(KnownImage::platform).orElse(ImagePlatform.ANY),
                files());
    }

    private Whom whom(boolean isWhole) {
        if (user.isPresent()) {
            return isUserOpen ? new Whom.Unknown() : Whom.of(user.get());
        }
        Setting nothing = new Setting("", path, dev.holdfast.manifest.tree.Place.START);
        if (below.isPresent()) {
            return below.get().whom();
        }
        return isWhole || base instanceof Foundation.Image(String reference) && isRootByItself(reference)
                ? new Whom.Root("sets no USER", nothing)
                : new Whom.Unknown();
    }

    /** The official images of distributions and languages set no user; of those that do the checks of Dockerfiles know. */
    private static boolean isRootByItself(String reference) {
        return ImageName.of(reference).isOfficial()
                && KnownBases.userOf(reference).isEmpty()
                && !KnownBases.isWindows(reference);
    }

    /**
     * What the base has is there still. Of a base that is known to hold no shell, a shell is missing unless a folder, or something of that
     * name, is copied in.
     */
    private ImageFiles files() {
        Optional<ImageFiles> lower = below.map(KnownImage::files);
        boolean isBare = base instanceof Foundation.Scratch
                || base instanceof Foundation.Image(String reference) && KnownBases.hasNoShell(reference);
        return (program, folders) -> {
            if (lower.map(files -> files.program(program, folders))
                    .filter(ImageFiles.Presence.THERE::equals)
                    .isPresent()) {
                return ImageFiles.Presence.THERE;
            }
            return isBare && isShell(program) && !mayBringShell
                    ? ImageFiles.Presence.MISSING
                    : ImageFiles.Presence.UNKNOWN;
        };
    }

    private static boolean isShell(String program) {
        return SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    /** A folder, an archive and a file that is named like a shell may bring one; a single file of another name does not. */
    private static boolean mayBringShell(Instruction copy) {
        for (Word word : copy.words().subList(0, Math.max(0, copy.words().size() - 1))) {
            String path = word.text();
            String name = path.substring(path.lastIndexOf('/') + 1);
            boolean isFolderOfPrograms = path.equals("/")
                    || path.equals(".")
                    || path.equals("./")
                    || name.isEmpty()
                    || name.matches("bin|usr|sbin|rootfs|root|out|dist")
                    || name.contains("*");
            boolean isArchive = copy.keyword() == Keyword.ADD && name.matches(".*\\.(tar|tgz|txz|gz|xz|bz2|zst).*");
            if (isFolderOfPrograms
                    || isArchive
                    || name.contains("busybox")
                    || SHELLS.contains(name)
                    || path.contains("$")) {
                return true;
            }
        }
        return copy.words().isEmpty() || !copy.heredocs().isEmpty();
    }
}
