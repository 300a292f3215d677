package dev.holdfast.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.kube.given.LiveObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenRolesTest {
    @TempDir
    Path folder;

    private Cluster read() throws InputException, IOException {
        ClusterReader reader = new ClusterReader("default");
        new GivenObjects(reader, new LiveObjects(List.of(), Path.of("absent"), name -> ""), Limits.DEFAULT)
                .read(List.of(folder.toString()), new ByteArrayInputStream(new byte[0]));
        return reader.cluster();
    }

    @Test
    void takesAnOverlayAsItWouldBeApplied() throws IOException, InputException {
        Files.writeString(
                folder.resolve("kustomization.yaml"), "resources: [rbac.yaml]\nnamespace: team\nnamePrefix: x-\n");
        Files.writeString(folder.resolve("rbac.yaml"), """
                {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: []}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b}, roleRef: {kind: Role, name: r}}
                """);
        Cluster cluster = read();
        Binding binding = cluster.bindings().getFirst();
        assertThat(List.of(binding.namespace(), binding.name(), binding.roleName()))
                .containsExactly("team", "x-b", "x-r");
        assertThat(binding.origin().line()).isEqualTo(3);
        assertThat(cluster.role(binding)).isPresent();
    }

    @Test
    void namesAnOverlayThatDoesNotRender() throws IOException, InputException {
        Files.writeString(folder.resolve("kustomization.yaml"), "resources: [https://x.invalid/y.yaml]\n");
        Cluster cluster = read();
        assertThat(cluster.isWhole()).isFalse();
        assertThat(cluster.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("it is remote"));
    }
}
