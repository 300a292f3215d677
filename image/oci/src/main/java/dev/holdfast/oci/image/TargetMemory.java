package dev.holdfast.oci.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.FileIdentity;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.TargetRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which images the files of a request held, each verified to its last byte, and by what to know that none of the files changed
 * since. Then nothing of them needs to be opened.
 *
 * <pre>
 * target = list of file identities, list of: words after what the user gave, kind, option digest, option platform, list of tags ;
 * </pre>
 */
public final class TargetMemory {
    private final Memory memory;
    private final TargetRequest request;
    private final Digest about;

    /** Opens the files after all. */
    @FunctionalInterface
    public interface Opening {
        List<Target> open() throws InputException, IOException;
    }

    /** @param place names the files, such that nothing but their change leads elsewhere */
    public TargetMemory(Memory memory, TargetRequest request, String place) {
        this.memory = memory;
        this.request = request;
        this.about = about(request, place);
    }

    /** The place of an image wherever it is. */
    public static String byDigest(Digest digest) {
        return "digest " + digest;
    }

    private static Digest about(TargetRequest request, String place) {
        String words = request.kind().map(TargetKind::word).orElse("") + " "
                + request.platform().map(Platform::toString).orElse("") + " " + place;
        return Digest.sha256(words.getBytes(UTF_8));
    }

    /** The images, unopened; empty when they are not known or a file changed. */
    public Optional<List<Target>> recall(Opening opening) {
        Optional<FactReader> facts = memory.find(Shelf.TARGETS, about);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        try {
            for (FileIdentity file : facts.get().list(() -> FileIdentity.read(facts.get()))) {
                if (!file.isCurrent()) {
                    return Optional.empty();
                }
            }
            List<TargetDescription> descriptions = facts.get().list(() -> description(facts.get()));
            Unopened unopened = new Unopened(opening);
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < descriptions.size(); i++) {
                targets.add(new RememberedImage(descriptions.get(i), i, unopened));
            }
            return Optional.of(targets);
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    private TargetDescription description(FactReader facts) throws DamagedFactsException {
        String given = request.given() + facts.text();
        TargetKind kind = facts.oneOf(TargetKind.values());
        Optional<Digest> digest = facts.option(facts::digest);
        Optional<Platform> platform = facts.option(() -> new Platform(facts.text(), facts.text(), facts.text()));
        return new TargetDescription(given, kind, digest, platform, facts.texts());
    }

    /** The same images, each remembered by its digest when it was verified; where they came from is asked again. */
    public List<Target> recording(List<Target> opened) {
        List<Target> recording = new ArrayList<>();
        for (Target target : opened) {
            recording.add(new RecordedTarget(target, () -> keepByDigest(target.description())));
        }
        return recording;
    }

    /** The same images, which are remembered with the files that they came from when all of them were verified. */
    public List<Target> recording(List<Target> opened, List<FileIdentity> files) {
        boolean[] verified = new boolean[opened.size()];
        List<Target> recording = new ArrayList<>();
        for (int i = 0; i < opened.size(); i++) {
            int own = i;
            recording.add(new RecordedTarget(opened.get(i), () -> {
                verified[own] = true;
                keepByDigest(opened.get(own).description());
                for (boolean each : verified) {
                    if (!each) {
                        return;
                    }
                }
                if (files.stream().allMatch(FileIdentity::isCurrent)) {
                    keep(about, opened.stream().map(Target::description).toList(), files, request.given());
                }
            }));
        }
        return recording;
    }

    /** Remembers the image for who names its digest and nothing else. */
    private void keepByDigest(TargetDescription seen) {
        if (seen.digest().isPresent()) {
            Digest byDigest = about(
                    new TargetRequest("", request.place(), Optional.empty(), Optional.empty()),
                    byDigest(seen.digest().get()));
            TargetDescription description =
                    new TargetDescription("", TargetKind.REMEMBERED, seen.digest(), seen.platform(), seen.tags());
            keep(byDigest, List.of(description), List.of(), "");
        }
    }

    private void keep(Digest key, List<TargetDescription> targets, List<FileIdentity> files, String given) {
        FactWriter facts = new FactWriter();
        facts.list(files, file -> file.write(facts));
        facts.list(targets, description -> {
            facts.text(description.given().substring(given.length()));
            facts.oneOf(TargetKind.values(), description.kind());
            facts.option(description.digest().stream(), facts::digest);
            facts.option(
                    description.platform().stream(),
                    platform -> facts.text(platform.os())
                            .text(platform.architecture())
                            .text(platform.variant()));
            facts.texts(description.tags());
        });
        memory.keep(Shelf.TARGETS, key, facts);
    }
}
