package dev.holdfast.oci.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.database.bolt.BoltWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdContainerTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    Path root;

    private Path database() {
        return root.resolve("io.containerd.metadata.v1.bolt/meta.db");
    }

    private static SortedMap<String, Object> bucket(Map<String, ?> content) {
        return new TreeMap<>(content);
    }

    private void write(Map<String, ?> images) throws IOException {
        Map<String, ?> web =
                bucket(Map.of("image", "docker.io/library/nginx:1", "labels", bucket(Map.of("team", "shop"))));
        Map<String, ?> space = bucket(Map.of("containers", bucket(Map.of("web-1", web)), "images", bucket(images)));
        BoltWriter.write(database(), bucket(Map.of("v1", bucket(Map.of("k8s.io", space)))));
    }

    @Test
    void imageDigestAndLabelsAreThoseOfTheContainer() throws Exception {
        write(Map.of("docker.io/library/nginx:1", bucket(Map.of("target", bucket(Map.of("digest", DIGEST))))));
        assertThat(ContainerdContainer.find(root, "k8s.io", "web-1"))
                .hasValue(new ContainerdContainer(
                        "docker.io/library/nginx:1", Digest.parse(DIGEST), Map.of("team", "shop")));
        assertThat(ContainerdContainer.find(root, "k8s.io", "web-2")).isEmpty();
        assertThat(ContainerdContainer.find(root, "default", "web-1")).isEmpty();
    }

    @Test
    void imageWhoseNameWasRemovedHasNoDigest() throws Exception {
        write(Map.of());
        assertThat(ContainerdContainer.find(root, "k8s.io", "web-1")
                        .orElseThrow()
                        .digest())
                .isEmpty();
    }

    @Test
    void noContainerdIsNoContainer() throws Exception {
        assertThat(ContainerdContainer.find(root, "k8s.io", "web-1")).isEmpty();
    }

    @Test
    void cutDatabaseIsRefused() throws Exception {
        write(Map.of());
        Files.write(database(), new byte[100]);
        assertThatThrownBy(() -> ContainerdContainer.find(root, "k8s.io", "web-1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("meta.db");
    }
}
