package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.GivenValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(folder));
        Files.writeString(file, text);
    }

    @BeforeEach
    void chart() throws IOException {
        file("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        file("shop/values.yaml", "security:\n  privileged: true\nhost: false\n");
        file("shop/templates/web.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                spec:
                  hostPID: {{ .Values.host }}
                  containers:
                  - name: c
                    image: web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                    securityContext:
                      {{- toYaml .Values.security | nindent 6 }}
                """);
    }

    private CheckReport check(GivenValues values) throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of("f", folder).values(values));
    }

    private static Result failure(CheckReport report, String rule) {
        return report.failures().stream()
                .filter(result -> result.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void judgesAChartAsItIsRendered() throws Exception {
        CheckReport report = check(GivenValues.NONE);
        assertThat(report.gaps()).isEmpty();
        Result privileged = failure(report, "privileged-container");
        assertThat(privileged.path()).isEqualTo("shop/templates/web.yaml");
        assertThat(privileged.place().line()).isEqualTo(11);
        assertThat(privileged.fix()).endsWith("values key security.privileged (values.yaml:2)");
        assertThat(report.results()).noneMatch(result -> result.repair().isPresent());
    }

    @Test
    void takesValuesAsHelmDoes() throws Exception {
        file("mine.yml", "host: true\nsecurity:\n  privileged: null\n");
        CheckReport report = check(new GivenValues(List.of(folder.resolve("mine.yml")), List.of()));
        assertThat(failure(report, "host-pid").fix()).contains("values key host (mine.yml:1)");
        assertThat(report.failures()).noneMatch(result -> result.rule().equals("privileged-container"));
        CheckReport set = check(new GivenValues(List.of(), List.of("host=true")));
        assertThat(failure(set, "host-pid").place().line()).isEqualTo(6);
    }

    @Test
    void namesWhatCannotBeRenderedAndJudgesTheRest() throws Exception {
        file("shop/templates/bad.yaml", "a: {{ .Values.none.of.this }}\n");
        file("other/Chart.yaml", "name: [\n");
        CheckReport report = check(GivenValues.NONE);
        assertThat(report.gaps()).hasSize(2).anySatisfy(gap -> {
            assertThat(gap.subject()).isEqualTo("shop/templates/bad.yaml:1:7");
            assertThat(gap.detail()).contains("not assessed", "nil pointer");
        });
        assertThat(failure(report, "privileged-container").path()).isEqualTo("shop/templates/web.yaml");
    }
}
