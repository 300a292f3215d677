package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.GivenValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
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
        CheckReport report = check(GivenValues.read(List.of(folder.resolve("mine.yml")), List.of(), Limits.DEFAULT));
        assertThat(failure(report, "host-pid").fix()).contains("values key host (mine.yml:1)");
        assertThat(report.failures()).noneMatch(result -> result.rule().equals("privileged-container"));
        CheckReport set = check(GivenValues.read(List.of(), List.of("host=true"), Limits.DEFAULT));
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

    @Test
    void rendersAPackedChartInAFolder() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            entry(out, "deep/Chart.yaml", "apiVersion: v2\nname: deep\nversion: 1.0.0\n");
            entry(
                    out,
                    "deep/templates/pod.yaml",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers: [{name: c, image: a}]\n");
            out.write(new byte[1024]);
        }
        Files.write(folder.resolve("deep-1.0.0.tgz"), packed.toByteArray());
        CheckReport report = check(GivenValues.NONE);
        assertThat(failure(report, "host-pid").path()).isEqualTo("deep-1.0.0.tgz/templates/pod.yaml");
        assertThat(report.charts()).isEqualTo(2);
    }

    @Test
    void marksHooksAndTellsOfRandomValues() throws Exception {
        file("shop/templates/job.yaml", """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: migrate-{{ randAlphaNum 5 }}
                  annotations: {helm.sh/hook: "pre-install,pre-upgrade"}
                spec: {template: {spec: {hostIPC: true, containers: [{name: c, image: "a:1"}]}}}
                """);
        CheckReport report = check(GivenValues.NONE);
        assertThat(failure(report, "host-ipc").message()).endsWith("(a hook of the chart: pre-install,pre-upgrade)");
        assertThat(failure(report, "privileged-container").message()).doesNotContain("hook");
        assertThat(report.results()).anySatisfy(result -> {
            assertThat(result.rule()).isEqualTo("chart-placeholders");
            assertThat(result.status()).isEqualTo(Status.NOT_ASSESSED);
            assertThat(result.message()).contains("randAlphaNum");
        });
    }

    @Test
    void rendersTheChartsOfAnOverlayOnceWithItsValues() throws Exception {
        file("over/kustomization.yaml", """
                helmCharts:
                - name: shop
                  releaseName: live
                  namespace: market
                  valuesFile: mine.yml
                  valuesInline: {security: {privileged: false}}
                namePrefix: x-
                """);
        file("over/mine.yml", "host: true\nsecurity: {privileged: true}\n");
        file("over/charts/shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        file("over/charts/shop/values.yaml", "host: false\nsecurity: {privileged: true}\n");
        file(
                "over/charts/shop/templates/web.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: '{{ .Release.Name }}', namespace: '{{ .Release.Namespace }}'}\n"
                        + "spec:\n  hostPID: {{ .Values.host }}\n  containers:\n  - name: c\n    image: a:1\n"
                        + "    securityContext: {{ toJson .Values.security }}\n");
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.of("f", folder.resolve("over")));
        assertThat(report.gaps()).isEmpty();
        assertThat(failure(report, "host-pid").subject()).startsWith("Pod market/x-live");
        assertThat(failure(report, "host-pid").path()).isEqualTo("charts/shop/templates/web.yaml");
        assertThat(report.failures()).noneMatch(result -> result.rule().equals("privileged-container"));
        assertThat(report.failures())
                .filteredOn(result -> result.rule().equals("host-pid"))
                .hasSize(1);
    }

    @Test
    void namesTheLineOfWhatAnOverlayAsksForAndIsNotDone() throws Exception {
        file("over/kustomization.yaml", "resources: [pod.yaml]\nopenapi:\n  path: schema.json\n");
        file(
                "over/pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: a}]}\n");
        file("far/kustomization.yaml", "helmCharts: [{name: gone, repo: 'https://x.invalid'}]\n");
        file("plug/kustomization.yaml", "\ngenerators: [g.yaml]\n");
        CheckReport report = check(GivenValues.NONE);
        assertThat(report.gaps())
                .anySatisfy(gap -> {
                    assertThat(gap.subject()).isEqualTo("over/kustomization.yaml:3");
                    assertThat(gap.detail()).contains("openapi");
                })
                .anySatisfy(gap -> assertThat(gap.detail()).contains("chart gone is not in charts/gone"))
                .anySatisfy(gap -> assertThat(gap.detail()).contains("generators (kustomization.yaml:2)"));
    }

    private static void entry(GZIPOutputStream out, String path, String text) throws IOException {
        byte[] header = new byte[512];
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        put(header, 0, path);
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
        out.write(header);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
