package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
    @TempDir
    Path folder;

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<Result> failures(String rule, CheckReport report) {
        return report.failures().stream()
                .filter(result -> result.rule().equals(rule))
                .toList();
    }

    @Test
    void judgesWhatWouldBeApplied() throws Exception {
        write("base/kustomization.yaml", "resources: [pod.yaml]\n");
        write("base/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                  - name: app
                    image: registry.example/web:1.4
                    securityContext: {privileged: true}
                """);
        write("prod/kustomization.yaml", """
                resources: [../base]
                namePrefix: prod-
                patches:
                - path: calm.yaml
                """);
        write("prod/calm.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                  - name: app
                    securityContext: {privileged: false}
                """);
        CheckReport base = new Checker(Limits.DEFAULT).check(CheckRequest.of("base", folder.resolve("base")));
        assertThat(failures("privileged-container", base)).singleElement().satisfies(result -> {
            assertThat(result.path()).isEqualTo("pod.yaml");
            assertThat(result.place().line()).isEqualTo(8);
        });
        CheckReport prod = new Checker(Limits.DEFAULT).check(CheckRequest.of("prod", folder.resolve("prod")));
        assertThat(failures("privileged-container", prod))
                .as("the patch takes it away")
                .isEmpty();
        assertThat(prod.failures()).isNotEmpty().allSatisfy(result -> {
            assertThat(result.path()).isEqualTo("../base/pod.yaml");
            assertThat(result.message()).contains("prod-web");
            assertThat(result.repair()).as("nothing rendered is mended").isEmpty();
        });
        assertThat(prod.gaps()).isEmpty();
    }

    @Test
    void rendersEachOverlayOfAFolderOnce() throws Exception {
        write("base/kustomization.yaml", "resources: [pod.yaml]\n");
        write(
                "base/pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true, containers: [{name: a, image: b:1}]}\n");
        write("middle/kustomization.yaml", "resources: [../base]\nnameSuffix: -m\n");
        write("one/kustomization.yaml", "resources: [../middle]\nnamePrefix: one-\n");
        write("two/kustomization.yaml", "resources: [../middle]\nnamePrefix: two-\n");
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.of("it", folder));
        assertThat(report.gaps()).isEmpty();
        assertThat(failures("host-pid", report))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.path()).isEqualTo("base/pod.yaml"));
        assertThat(failures("host-pid", report).stream().map(Result::subject))
                .containsExactlyInAnyOrder("Pod one-web-m", "Pod two-web-m");
    }

    @Test
    void namesAnOverlayThatCannotBeRenderedAndJudgesItsFiles() throws Exception {
        write("kustomization.yaml", "resources: [pod.yaml, https://example.test/base]\n");
        write(
                "pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true, containers: [{name: a, image: b:1}]}\n");
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.of("it", folder));
        assertThat(failures("host-pid", report)).hasSize(1);
        assertThat(report.gaps())
                .anySatisfy(gap -> assertThat(gap.detail()).startsWith("the overlay is not rendered: "));
    }
}
