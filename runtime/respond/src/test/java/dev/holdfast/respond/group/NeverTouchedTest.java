package dev.holdfast.respond.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.Protection;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.Container.HostParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever makes an image could forbid to stop it, if what engines copy from images counted. */
class NeverTouchedTest {
    private static final String NEVER = "{\"dev.holdfast.respond\":\"never\"}";
    private static final String IMAGE = "e".repeat(64);

    @TempDir
    Path root;

    private Optional<String> said(Engine engine, Optional<String> digest) {
        return said(engine, IMAGE, digest);
    }

    private Optional<String> said(Engine engine, String image, Optional<String> digest) {
        Container container = new Container(
                "web",
                engine,
                Optional.of("web"),
                Optional.of("shop:1"),
                Optional.of(image),
                digest,
                Optional.empty(),
                Map.of("dev.holdfast.respond", "never"),
                Optional.empty(),
                List.of(),
                0,
                new HostParts(false, false, false),
                engine == Engine.PODMAN
                        ? Optional.of(root.resolve("var/lib/containers/storage/overlay-images"))
                        : Optional.empty());
        return new NeverTouched(root, Protection.DEFAULT).said(container);
    }

    private Digest blob(String content) throws IOException {
        Digest digest = Digest.sha256(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Path blobs = root.resolve("var/lib/containerd/io.containerd.content.v1.content/blobs/sha256");
        Files.writeString(Files.createDirectories(blobs).resolve(digest.hex()), content);
        return digest;
    }

    @Test
    void doesNotBelieveLabelsThatContainerdCopied() throws IOException {
        Digest configuration = blob("{\"config\":{\"Labels\":" + NEVER + "}}");
        Digest manifest = blob("{\"config\":{\"digest\":\"" + configuration + "\"}}");
        Digest index = blob("{\"manifests\":[{\"digest\":\"" + manifest + "\"},{\"digest\":\"sha256:../../..\"}]}");
        Digest other = blob("{\"config\":{\"digest\":\"" + blob("{\"config\":{}}") + "\"}}");
        assertThat(said(Engine.CONTAINERD, Optional.of(manifest.toString()))).isEmpty();
        assertThat(said(Engine.CONTAINERD, Optional.of(index.toString()))).isEmpty();
        assertThat(said(Engine.CONTAINERD, Optional.of(other.toString()))).isPresent();
        assertThat(said(Engine.CONTAINERD, Optional.empty())).contains("it has the label dev.holdfast.respond=never");
    }

    /** Where nobody knows the digest any more, Kubernetes has noted the image. */
    @Test
    void doesNotBelieveLabelsOfAnImageThatContainerdKnowsById() throws IOException {
        Digest configuration = blob("{\"config\":{\"Labels\":" + NEVER + "}}");
        assertThat(said(Engine.CONTAINERD, configuration.hex(), Optional.empty()))
                .isEmpty();
        assertThat(said(Engine.CONTAINERD, blob("{}").hex(), Optional.empty())).isPresent();
    }

    @Test
    void doesNotBelieveAnnotationsThatPodmanCopied() throws IOException {
        assertThat(said(Engine.PODMAN, Optional.empty())).isPresent();
        Path image = root.resolve("var/lib/containers/storage/overlay-images").resolve(IMAGE);
        Files.writeString(Files.createDirectories(image).resolve("manifest"), "{\"annotations\":" + NEVER + "}");
        assertThat(said(Engine.PODMAN, Optional.empty())).isEmpty();
        assertThat(said(Engine.OCI, Optional.empty())).isPresent();
    }

    /** Podman keeps them in the database; the image's are in a file whose name is the digest in base 64. */
    @Test
    void doesNotBelieveLabelsThatPodmanCopied() throws IOException {
        Path image = root.resolve("var/lib/containers/storage/overlay-images").resolve(IMAGE);
        String name =
                "=c2hhMjU2OmVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWU=";
        Files.createDirectories(image);
        Files.writeString(image.resolve(name), "{\"config\":{\"Labels\":{}}}");
        assertThat(said(Engine.PODMAN, Optional.empty())).isPresent();
        Files.writeString(image.resolve(name), "{\"config\":{\"Labels\":" + NEVER + "}}");
        assertThat(said(Engine.PODMAN, Optional.empty())).isEmpty();
    }
}
