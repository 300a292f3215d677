package dev.holdfast.check.image;

import dev.holdfast.check.Credentials;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges images that are given as an archive ({@code docker save}) or an OCI layout. */
public final class ImageArchive {
    private ImageArchive() {}

    /** Whether a file or folder is one, told by its first bytes: a tar, plain or compressed, or a layout's marker. */
    public static boolean isImage(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return Files.isRegularFile(path.resolve("oci-layout")) && Files.isRegularFile(path.resolve("index.json"));
        }
        if (!Files.isRegularFile(path)) {
            return false; // a pipe can be read only once
        }
        byte[] head = new byte[512];
        int length;
        try (InputStream in = Files.newInputStream(path)) {
            length = in.readNBytes(head, 0, head.length);
        }
        boolean isGzip = length > 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
        boolean isZstd = length > 4 && (head[0] & 0xFF) == 0x28 && (head[1] & 0xFF) == 0xB5 && head[2] == 0x2F;
        boolean isTar = length == 512
                && head[257] == 'u'
                && head[258] == 's'
                && head[259] == 't'
                && head[260] == 'a'
                && head[261] == 'r';
        return isGzip || isZstd || isTar;
    }

    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(ConfigurationChecks.rules());
        rules.addAll(OriginChecks.rules());
        rules.addAll(Attestations.rules());
        FileChecks.rules().stream().filter(rule -> !rules.contains(rule)).forEach(rules::add);
        return rules;
    }

    /**
     * Judges every image in it, and says how many there were.
     *
     * @throws InputException when it is no image, or broken
     */
    public static int judge(String given, Path path, Limits limits, Findings findings, Gaps gaps)
            throws InputException, IOException {
        List<Target> images = Targets.open(new TargetRequest(given, path, Optional.empty(), Optional.empty()), limits);
        Credentials credentials = new Credentials(limits);
        int judged = 0;
        for (Target opened : images) {
            try (Target image = opened) {
                String name = image.description().tags().stream().findFirst().orElse("the image");
                ImageFacts facts = ImageFacts.of(image.configuration());
                new ConfigurationChecks(findings, credentials, name).judge(facts);
                new OriginChecks(findings, name).judge(facts);
                Attestations.judge(path, limits, findings, name);
                new FileChecks(image.read(FileChecks.interest(), gaps), findings, name).judge();
                judged++;
            } catch (InputException wrong) {
                findings.gap(Gap.Code.UNREADABLE, Place.START, String.valueOf(wrong.getMessage()));
            }
        }
        return judged;
    }
}
