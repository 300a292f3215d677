package dev.holdfast.check.image;

import static dev.holdfast.manifest.InputKind.IMAGE;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a signature and a statement of origin lie with an image. Only an OCI layout has a place for them: further manifests in its index,
 * named by tag ({@code sha256-<digest>.sig}, cosign), by {@code artifactType} (OCI referrers, notation), or by the annotation {@code
 * vnd.docker.reference.type} (BuildKit). That something is there does not say that it is good; verifying is another question.
 */
final class Attestations {
    static final Rule NO_SIGNATURE = Rule.of(
                    "no-signature",
                    Severity.MEDIUM,
                    "nobody signed it",
                    "an image that somebody put in its place cannot be told from it",
                    IMAGE)
            .strict();

    static final Rule NO_PROVENANCE = Rule.of(
                    "no-sbom-or-provenance",
                    Severity.LOW,
                    "nothing says what it holds and who built it",
                    "nobody can find out later whether a flaw, or a stranger's hand, is in it",
                    IMAGE)
            .strict();

    /** Documents of one layout that are read. */
    private static final int MOST_DOCUMENTS = 200;

    private static final int MOST_BYTES = 4 << 20;

    private final Path layout;
    private final Limits limits;
    private boolean isSigned;
    private boolean isStated;

    private Attestations(Path layout, Limits limits) {
        this.layout = layout;
        this.limits = limits;
    }

    static List<Rule> rules() {
        return List.of(NO_SIGNATURE, NO_PROVENANCE);
    }

    /** Judges the image in a file or folder. */
    static void judge(Path path, Limits limits, Findings findings, String who) throws IOException {
        if (!Files.isDirectory(path)) {
            String reason = "an archive carries neither; ask the registry, or give an OCI layout";
            findings.notAssessed(NO_SIGNATURE, who, Place.START, reason);
            findings.notAssessed(NO_PROVENANCE, who, Place.START, reason);
            return;
        }
        Attestations found = new Attestations(path, limits);
        found.read();
        tell(found.isSigned, NO_SIGNATURE, findings, who, "sign it when it is built, and copy the signature with it");
        tell(found.isStated, NO_PROVENANCE, findings, who, "build with --attest type=sbom --attest type=provenance");
    }

    private static void tell(boolean isThere, Rule rule, Findings findings, String who, String fix) {
        if (isThere) {
            findings.pass(rule, who, Place.START);
        } else {
            findings.fail(rule, who, Place.START)
                    .says("the layout of " + who + " holds none: " + rule.title() + "; " + rule.why())
                    .fix(fix)
                    .add();
        }
    }

    private void read() throws IOException {
        Deque<String> open = new ArrayDeque<>(List.of("index.json"));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty() && seen.size() < MOST_DOCUMENTS) {
            String name = open.removeFirst();
            Optional<Node> document = seen.add(name) ? document(name) : Optional.empty();
            if (document.isEmpty()) {
                continue;
            }
            see(document.get());
            for (Node manifest :
                    document.get().get("manifests").map(Node::elements).orElse(List.of())) {
                see(manifest);
                manifest.textAt("digest")
                        .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                        .ifPresent(digest -> open.addLast("blobs/sha256/" + digest.substring(7)));
            }
        }
    }

    private void see(Node manifest) {
        String tag = manifest.textAt("annotations", "org.opencontainers.image.ref.name")
                .orElse("");
        String kind = manifest.textAt("artifactType").orElse("") + " "
                + manifest.textAt("config", "mediaType").orElse("");
        isSigned |= tag.matches("(.*:)?sha256-[0-9a-f]{64}(\\.sig)?")
                || kind.contains("application/vnd.cncf.notary.signature")
                || kind.contains("application/vnd.dev.sigstore.bundle")
                || kind.contains("application/vnd.dev.cosign.artifact.sig");
        isStated |= tag.matches("(.*:)?sha256-[0-9a-f]{64}\\.(att|sbom)")
                || manifest.textAt("annotations", "vnd.docker.reference.type")
                        .filter("attestation-manifest"::equals)
                        .isPresent()
                || kind.contains("spdx")
                || kind.contains("cyclonedx")
                || kind.contains("application/vnd.in-toto");
    }

    private Optional<Node> document(String name) throws IOException {
        Path file = layout.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return new JsonReader(limits).read(text) instanceof Document.Read(Node root, int _)
                ? Optional.of(root)
                : Optional.empty();
    }
}
