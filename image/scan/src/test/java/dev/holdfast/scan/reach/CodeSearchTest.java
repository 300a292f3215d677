package dev.holdfast.scan.reach;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Reach;
import dev.holdfast.core.Severity;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.Images;
import dev.holdfast.oci.testing.LayerBuilder;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.explain.ExplainRequest;
import dev.holdfast.scan.explain.Explanation;
import dev.holdfast.scan.judge.Claim;
import dev.holdfast.scan.judge.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application of one class, {@code com.acme.Main}, that calls one of two libraries with a flaw each. */
class CodeSearchTest {
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);

    @TempDir
    Path folder;

    private static byte[] main(String called) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Main"),
                        type -> type.withMethodBody(
                                "main",
                                MethodTypeDesc.of(CD_void, CD_String.arrayType()),
                                ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                                code -> code.invokestatic(ClassDesc.of(called), "work", NOTHING)
                                        .return_()));
    }

    private static byte[] library(String name) {
        return ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        type -> type.withMethodBody("work", NOTHING, ClassFile.ACC_STATIC, code -> code.return_()));
    }

    private static byte[] jar(String entry, byte[] content, String artifact) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\nMain-Class: com.acme.Main\nClass-Path: used.jar idle.jar\n\n"
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.lib/" + artifact + "/pom.properties"));
            zip.write(("groupId=org.lib\nartifactId=" + artifact + "\nversion=1.0\n").getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        }
        return out.toByteArray();
    }

    private static ImageBuilder image(String configuration) throws IOException {
        return ImageBuilder.image()
                .layer(LayerBuilder.layer()
                        .file("app/app.jar", jar("com/acme/Main.class", main("org.lib.used.Used"), "app"))
                        .file("app/used.jar", jar("org/lib/used/Used.class", library("org.lib.used.Used"), "used"))
                        .file("app/idle.jar", jar("org/lib/idle/Idle.class", library("org.lib.idle.Idle"), "idle")))
                .config(configuration);
    }

    private static final String JAR =
            "{\"Entrypoint\": [\"java\"], \"Cmd\": [\"-jar\", \"app.jar\"], \"WorkingDir\": \"/app\"}";

    private Trial trial() throws IOException {
        return Trial.in(folder)
                .says(
                        "osv",
                        Claim.of("CVE-2026-0001", "maven", "org.lib:used")
                                .from("0")
                                .to("2.0"),
                        Claim.of("CVE-2026-0002", "maven", "org.lib:idle")
                                .from("0")
                                .to("2.0"))
                .says(
                        "endoflife",
                        to -> to.accept(new Lifecycle("eclipse-temurin", "20", "", "2023-03-01", "2023-09-19", "")));
    }

    private ScanReport scan(ImageBuilder image, boolean followsCode) throws Exception {
        List<Target> targets = open(image);
        try (Trial trial = trial()) {
            ScanRequest request =
                    ScanRequest.on(Trial.DAY).followsCode(followsCode).build();
            return new Scanner(trial.base(), Limits.DEFAULT).scan(targets.getFirst(), request);
        } finally {
            Images.closeAll(targets);
        }
    }

    private List<Target> open(ImageBuilder image) throws Exception {
        return Images.open(Images.write(folder, ArchiveBuilder.dockerArchive(image)), Limits.DEFAULT);
    }

    @Test
    void tellsOfEachFindingWhetherItIsReached() throws Exception {
        ScanReport report = scan(image(JAR), true);
        assertThat(report.findings())
                .extracting(
                        Finding::id,
                        finding -> finding.reach().map(Reach::status).orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("CVE-2026-0001", Reach.Status.REACHED),
                        org.assertj.core.groups.Tuple.tuple("CVE-2026-0002", Reach.Status.NOT_REACHED));
        assertThat(report.reach().orElseThrow().applications()).hasSize(1);
    }

    @Test
    void followsNoCodeUnlessItIsAskedTo() throws Exception {
        ScanReport report = scan(image(JAR), false);
        assertThat(report.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.reach()).isEmpty());
        assertThat(report.reach()).isEmpty();
    }

    @Test
    void whatHasNoStartIsUnknown() throws Exception {
        ScanReport report = scan(image("{\"Cmd\": [\"sleep\", \"1\"]}"), true);
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.reach().map(Reach::status))
                        .isNotEqualTo(Optional.of(Reach.Status.NOT_REACHED)));
    }

    @Test
    void explainsTheWay() throws Exception {
        List<Target> targets = open(image(JAR));
        try (Trial trial = trial()) {
            Explanation explanation = new Scanner(trial.base(), Limits.DEFAULT)
                    .explain(targets.getFirst(), new ExplainRequest("CVE-2026-0001", Optional.empty(), "", Trial.DAY));
            assertThat(explanation.cases().getFirst().lines())
                    .contains(new Explanation.Line("", "→ com.acme.Main.main"))
                    .contains(new Explanation.Line("", "→ org.lib.used.Used.work"))
                    .anySatisfy(line -> assertThat(line.text()).startsWith("reached: "));
        } finally {
            Images.closeAll(targets);
        }
    }

    @Test
    void readsClassesInFolders() throws Exception {
        ImageBuilder image = ImageBuilder.image()
                .layer(LayerBuilder.layer()
                        .file("app/classes/com/acme/Main.class", main("org.lib.used.Used"))
                        .file("app/libs/used.jar", jar("org/lib/used/Used.class", library("org.lib.used.Used"), "used"))
                        .file("app/libs/idle.jar", jar("org/lib/idle/Idle.class", library("org.lib.idle.Idle"), "idle"))
                        .file("app/jib-classpath-file", "/app/classes:/app/libs/*"))
                .config("{\"Entrypoint\": [\"java\", \"-cp\", \"@/app/jib-classpath-file\", \"com.acme.Main\"]}");
        assertThat(scan(image, true).findings())
                .extracting(finding -> finding.reach().map(Reach::status).orElseThrow())
                .containsExactly(Reach.Status.REACHED, Reach.Status.NOT_REACHED);
    }

    // --- facts of the runtime ---

    @Test
    void tellsOfOptionsThatOpenTheRuntime() throws Exception {
        ScanReport report = scan(
                image("{\"Entrypoint\": [\"java\", \"-jar\", \"/app/app.jar\"], \"Env\": [\"JAVA_TOOL_OPTIONS="
                        + "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005\"]}"),
                false);
        Finding finding = report.findings().getFirst();
        assertThat(finding.id()).isEqualTo("java-debugger");
        assertThat(finding.kind()).isEqualTo(Finding.Kind.MISCONFIGURATION);
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.locations().getFirst().path()).isEqualTo("environment JAVA_TOOL_OPTIONS");
    }

    @Test
    void tellsOfARuntimeThatIsNoLongerFixed() throws Exception {
        ImageBuilder image = ImageBuilder.image()
                .layer(LayerBuilder.layer()
                        .file("opt/java/release", "JAVA_VERSION=\"20.0.1\"\nIMPLEMENTOR=\"Eclipse Adoptium\"\n")
                        .file("opt/other/release", "JAVA_VERSION=\"20.0.1\"\nIMPLEMENTOR=\"Somebody\"\n"));
        assertThat(scan(image, false).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.END_OF_LIFE))
                .satisfies(finding ->
                        assertThat(finding.title()).isEqualTo("Java 20 of Eclipse Adoptium: support ended 2023-09-19"));
    }
}
