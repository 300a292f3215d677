package dev.holdfast.manifest.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts of our own; what each template must become was written by hand and agrees with Helm 3.22. */
class ChartRendererTest {
    @TempDir
    Path chart;

    private void file(String name, String text) throws IOException {
        Path file = chart.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(chart));
        Files.writeString(file, text);
    }

    private void chart() throws IOException {
        file("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: \"4.5\"\n");
    }

    private Rendering render(String... sets) throws InputException, IOException {
        return new ChartRenderer(Limits.DEFAULT)
                .render(chart, GivenValues.read(List.of(), List.of(sets), Limits.DEFAULT));
    }

    private String text(String template, String... sets) throws InputException, IOException {
        file("templates/t.yaml", template);
        Rendering rendering = render(sets);
        assertThat(rendering.gaps()).isEmpty();
        return rendering.files().getFirst().text();
    }

    private Gap gap(String template) throws InputException, IOException {
        file("templates/t.yaml", template);
        return render().gaps().getFirst();
    }

    @Test
    void takesTheTruthOfGo() throws Exception {
        chart();
        file("values.yaml", "zero: 0\nempty: {}\nname: \"\"\nbig: 1234567\nsmall: 3\nlist: [b, a]\n");
        assertThat(text(
                        "{{ if .Values.zero }}a{{ else if .Values.empty }}b{{ else with .Values.name }}c{{ else }}d{{ end }}"
                                .replace("else with", "else if")))
                .isEqualTo("d");
        assertThat(text("{{ .Values.big }} {{ int .Values.big }} {{ .Values.small }} {{ .Values.gone }}|"))
                .isEqualTo("1.234567e+06 1234567 3 |");
        assertThat(
                        text(
                                "{{ range $i, $e := .Values.list }}{{ $i }}={{ $e }}{{ if eq $e \"b\" }}{{ continue }}{{ end }};{{ end }}"))
                .isEqualTo("0=b1=a;");
        assertThat(text("{{- /* a comment */ -}} x {{- \"y\" | printf \"%s-%5d|%q\" \"z\" 7 -}} "))
                .isEqualTo("xz-    7|\"y\"");
    }

    @Test
    void knowsHelpersReleaseAndChart() throws Exception {
        chart();
        file("templates/_helpers.tpl", "{{- define \"shop.name\" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end }}\n");
        file("values.yaml", "line: \"{{ .Chart.Version }}\"\nmap:\n  b: 1\n  a: yes\n  c: [x]\n");
        assertThat(text("n: {{ include \"shop.name\" . | quote }}\nv: {{ tpl .Values.line . }}\nm:\n"
                        + "{{ toYaml .Values.map | indent 2 }}\n"))
                .isEqualTo("n: \"release-name-shop\"\nv: 1.2.3\nm:\n  a: true\n  b: 1\n  c:\n  - x\n");
        assertThat(
                        text(
                                "{{ .Capabilities.APIVersions.Has \"apps/v1/Deployment\" }} "
                                        + "{{ semverCompare \">=1.19-0\" .Capabilities.KubeVersion.Version }} {{ .Template.BasePath }}"))
                .isEqualTo("true true shop/templates");
    }

    @Test
    void tellsTheTemplateLineAndTheValuesKey() throws Exception {
        chart();
        file("values.yaml", "image:\n  tag: v1\nsecurity:\n  privileged: true\nhost: true\n");
        file("templates/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                spec:
                  hostNetwork: {{ .Values.host }}
                  containers:
                  - name: c
                    image: "web:{{ .Values.image.tag | default .Chart.AppVersion }}"
                    securityContext:
                      {{- toYaml .Values.security | nindent 6 }}
                """);
        RenderedFile pod = render().files().getFirst();
        Node root = ((Document.Read) pod.documents().getFirst()).root();
        Node network = root.at("spec", "hostNetwork").orElseThrow();
        assertThat(network.place().line()).isEqualTo(6);
        assertThat(pod.trails().of(network.place()).orElseThrow().text()).isEqualTo("values key host (values.yaml:5)");
        Node container = root.at("spec", "containers").orElseThrow().elements().getFirst();
        Node image = container.get("image").orElseThrow();
        assertThat(image.place().line()).isEqualTo(9);
        assertThat(pod.trails().of(image.place()).orElseThrow().text())
                .isEqualTo("values key image.tag (values.yaml:2)");
        Node privileged = container.at("securityContext", "privileged").orElseThrow();
        assertThat(privileged.place().line()).isEqualTo(11);
        assertThat(pod.trails().of(privileged.place()).orElseThrow().text())
                .isEqualTo("values key security.privileged (values.yaml:4)");
    }

    @Test
    void putsValuesOfSubChartsTogether() throws Exception {
        file("Chart.yaml", """
                apiVersion: v2
                name: shop
                version: 1.0.0
                dependencies:
                - {name: db, version: ">=1", alias: store, condition: store.enabled, import-values: [shared]}
                - {name: queue, version: "1.x", condition: queue.enabled}
                """);
        file("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.1.0\n");
        file("charts/db/values.yaml", "a: 1\nb: 2\ngone: x\nexports:\n  shared:\n    port: 5432\n");
        file(
                "charts/db/templates/x.yaml",
                "n: {{ .Chart.Name }}\nv: {{ .Values.a }}{{ .Values.b }}{{ .Values.gone }}\ng: {{ .Values.global.zone }}\n");
        file("values.yaml", "store:\n  b: 9\n  gone: null\nqueue:\n  enabled: false\nglobal:\n  zone: eu\n");
        file("templates/t.yaml", "p: {{ .Values.port }}\n");
        Rendering rendering = render();
        assertThat(rendering.gaps()).isEmpty();
        assertThat(rendering.files().stream().map(RenderedFile::text))
                .containsExactlyInAnyOrder("p: 5432\n", "n: store\nv: 19\ng: eu\n");
        assertThat(render("store.enabled=false").files()).hasSize(1);
    }

    @Test
    void namesASubChartThatIsNotThere() throws Exception {
        file(
                "Chart.yaml",
                "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.x, condition: db.on}\n");
        file("templates/t.yaml", "a: 1\n");
        assertThat(render().gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("sub-chart db"));
        assertThat(render("db.on=false").gaps()).isEmpty();
    }

    @Test
    void costsOneTemplateOnlyItself() throws Exception {
        chart();
        file("templates/good.yaml", "a: 1\n");
        Gap gap = gap("a: 1\nb: {{ required \"a name is needed\" .Values.name }}\n");
        assertThat(gap.subject()).isEqualTo("templates/t.yaml:2:7");
        assertThat(gap.detail()).contains("a name is needed");
        assertThat(render().files()).hasSize(1);
        assertThat(gap("x: {{ .Values.a.b.c }}").detail()).contains("nil pointer evaluating interface {}.b");
        assertThat(gap("x: {{ if }}").subject()).startsWith("templates/t.yaml:1");
        assertThat(gap("x: {{ nothing }}").detail()).contains("function \"nothing\" not defined");
    }

    @Test
    void triesTheValuesThatAChartIsTestedWith() throws Exception {
        chart();
        file("ci/full-values.yaml", "name: x\n");
        assertThat(text("b: {{ required \"a name is needed\" .Values.name }}\n"))
                .isEqualTo("b: x\n");
    }

    @Test
    void stopsTemplatesThatIncludeThemselves() throws Exception {
        chart();
        file("templates/_h.tpl", "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}");
        file("templates/good.yaml", "a: 1\n");
        assertThat(gap("{{ include \"a\" . }}").code()).isEqualTo(Gap.Code.LIMIT);
        assertThat(gap("{{ tpl .Values.x (dict \"Values\" .Values) }}{{ range until 2000000000 }}x{{ end }}")
                        .detail())
                .isNotEmpty();
        assertThat(gap("{{ repeat 2000000000 \"abcdefgh\" }}").code()).isEqualTo(Gap.Code.LIMIT);
        assertThat(gap("{{ $s := \"x\" }}{{ range until 64 }}{{ $s = printf \"%s%s\" $s $s }}{{ end }}")
                        .code())
                .isEqualTo(Gap.Code.LIMIT);
        assertThat(gap("{{ $m := dict }}{{ $_ := set $m \"m\" $m }}{{ toYaml $m }}")
                        .code())
                .isEqualTo(Gap.Code.LIMIT);
        assertThat(gap("{{ $m := dict }}{{ $_ := set $m \"m\" $m }}{{ deepCopy $m }}")
                        .code())
                .isEqualTo(Gap.Code.LIMIT);
    }

    @Test
    void survivesExpressionsThatLoopElsewhere() throws Exception {
        chart();
        assertThat(text("{{ regexMatch \"(a+)+$\" (printf \"%s!\" (repeat 40 \"a\")) }}"))
                .isEqualTo("false");
        assertThat(text("{{ $m := dict }}{{ $_ := set $m \"m\" $m }}{{ $m }}")).contains("...");
    }

    @Test
    void readsNoFileOutsideOfTheChart() throws Exception {
        chart();
        Path secret = Files.createTempFile("secret", ".txt");
        Files.writeString(secret, "s3cret");
        Files.createSymbolicLink(chart.resolve("link.txt"), secret);
        file("inside.txt", "ok");
        file(
                "templates/t.yaml",
                "a: {{ .Files.Get \"../" + secret.getFileName() + "\" }}{{ .Files.Get \"" + secret
                        + "\" }}{{ .Files.Get \"link.txt\" }}{{ .Files.Get \"inside.txt\" }}\n");
        Rendering rendering = render();
        assertThat(rendering.files().getFirst().text()).isEqualTo("a: ok\n");
        assertThat(rendering.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.subject()).isEqualTo("link.txt"));
        Files.delete(secret);
    }

    @Test
    void refusesAPackedChartThatLeadsOutOfItself() throws Exception {
        Path packed = chart.resolve("shop.tgz");
        Files.write(packed, packed("shop/../../etc/passwd"));
        assertThatThrownBy(() -> new ChartRenderer(Limits.DEFAULT).render(packed, GivenValues.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leads out");
    }

    @Test
    void rendersAPackedChart() throws Exception {
        Path packed = chart.resolve("shop.tgz");
        Files.write(packed, packed("shop/templates/a.yaml"));
        assertThat(ChartRenderer.isPacked(packed)).isTrue();
        Rendering rendering = new ChartRenderer(Limits.DEFAULT).render(packed, GivenValues.NONE);
        assertThat(rendering.files())
                .singleElement()
                .satisfies(file -> assertThat(file.text()).isEqualTo("n: shop"));
    }

    /** A packed chart with one more file. */
    private static byte[] packed(String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            entry(zip, "shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
            entry(zip, path, "n: {{ .Chart.Name }}");
            zip.write(new byte[1024]);
        }
        return out.toByteArray();
    }

    private static void entry(GZIPOutputStream zip, String path, String text) throws IOException {
        byte[] header = new byte[512];
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        put(header, 0, path);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(java.util.Locale.ROOT, "%011o", content.length));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, String.format(java.util.Locale.ROOT, "%06o", sum) + "\0 ");
        zip.write(header);
        zip.write(content);
        zip.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
