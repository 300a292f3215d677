package dev.holdfast.report;

import dev.holdfast.advisory.Source;
import dev.holdfast.core.Digest;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Reach;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.report.scan.ScanResults;
import dev.holdfast.scan.Basis;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.Contents;
import dev.holdfast.scan.Exempted;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.Verdict;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.scan.question.Support;
import dev.holdfast.scan.question.Unmatched;
import dev.holdfast.scan.reach.ReachLook;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.ruling.Notice;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small invented report with one of everything, hostile text included. */
public final class SampleReport {
    public static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    public static final String HOSTILE = "/srv/\u001b[31mred\u202e.jar";

    private static final Digest BASE = digest("base");
    private static final Basis BASIS =
            new Basis(DAY, BASE, List.of(new Source("osv", "2026-11-02", "CC-BY-4.0", "OSV", 10, 0)));
    private static final PackageUrl LOG4J =
            new PackageUrl("maven", "org.apache.logging.log4j", "log4j-core", "2.14.1", Map.of(), "");

    private SampleReport() {}

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static ScanReport report() {
        return new ScanReport(
                BASIS,
                new TargetDescription(
                        "shop.tar",
                        TargetKind.DOCKER_ARCHIVE,
                        Optional.of(digest("image")),
                        Optional.of(new Platform("linux", "amd64", "")),
                        List.of("shop:1.4")),
                new Contents(
                        List.of(
                                new Layer(0, Optional.of(digest("bottom")), "ADD base.tar /"),
                                new Layer(1, Optional.of(digest("top")), "COPY shop.jar /app/")),
                        Optional.of(new BaseImage("golden:12", Optional.empty(), List.of(digest("bottom")))),
                        Optional.of(new Support(
                                new Distribution(
                                        "debian",
                                        "12",
                                        "Debian GNU/Linux 12 (bookworm)",
                                        Optional.of("bookworm"),
                                        List.of(),
                                        "/etc/os-release"),
                                "debian:12",
                                Optional.of("2028-06-30"),
                                Support.State.SUPPORTED)),
                        List.of(component())),
                List.of(),
                List.of(finding()),
                1,
                List.of(new Change("log4j-core 2.14.1 → 2.15.0", HOSTILE, 1, 1, 1)),
                Optional.empty(),
                List.of(new Gap(Gap.Code.ENCRYPTED, "/srv/closed.zip", "1 entry is encrypted")),
                new Verdict(Verdict.Outcome.FAIL, "1 finding at or above critical"),
                new Exempted(
                        List.of(new SetAside(
                                aside(),
                                new Ruling(
                                        Ruling.Kind.IGNORE,
                                        "ignored",
                                        "no untrusted input",
                                        "",
                                        "platform team",
                                        Optional.of(LocalDate.of(2027, 1, 31)),
                                        ".holdfast-ignore.yaml:2"))),
                        List.of(new Notice(
                                Notice.Code.UNUSED,
                                ".holdfast-ignore.yaml:9",
                                "CVE-2020-1 matches no finding of this target",
                                "delete it")),
                        List.of()),
                Optional.empty(),
                OwnersFile.NONE);
    }

    /** The same, when code was followed and this is what it told of the finding. */
    public static ScanResults followed(Reach reach) {
        ScanReport plain = report();
        ScanReport report = new ScanReport(
                plain.basis(),
                plain.target(),
                plain.contents(),
                List.of(),
                List.of(plain.findings().getFirst().withReach(reach)),
                plain.hidden(),
                plain.changes(),
                plain.secrets(),
                plain.gaps(),
                plain.verdict(),
                Exempted.NOTHING,
                Optional.of(new ReachLook(List.of("java -jar /app/shop.jar: 12 classes"), List.of())),
                OwnersFile.NONE);
        return new ScanResults("0.1.0", BASIS, List.of(report), List.of());
    }

    /** The same without findings, when there are so many packages, and some of them could not be matched. */
    public static ScanReport clean(int packages, List<Unmatched> unmatched) {
        ScanReport plain = report();
        return new ScanReport(
                plain.basis(),
                plain.target(),
                new Contents(
                        plain.contents().layers(),
                        plain.contents().base(),
                        plain.contents().support(),
                        Collections.nCopies(packages, component())),
                unmatched,
                List.of(),
                0,
                List.of(),
                plain.secrets(),
                plain.gaps(),
                plain.verdict(),
                Exempted.NOTHING,
                Optional.empty(),
                OwnersFile.NONE);
    }

    public static ScanResults results() {
        ScanReport report = report();
        return new ScanResults(
                "0.1.0",
                BASIS,
                List.of(report),
                List.of(new Unanswered("broken.tar", "truncated", "broken.tar: layer 3 is cut off")));
    }

    private static Component component() {
        return new Component(
                LOG4J,
                PackageRecord.of(
                        PackageType.MAVEN,
                        "org.apache.logging.log4j:log4j-core",
                        "2.14.1",
                        Confidence.HIGH,
                        "pom.properties"),
                Component.State.INSTALLED,
                Optional.empty(),
                List.of(new Component.Location(HOSTILE, 1, 0, "pom.properties")),
                Optional.empty());
    }

    private static Finding aside() {
        return finding("CVE-2021-45046");
    }

    private static Finding finding() {
        return finding("CVE-2021-44228");
    }

    private static Finding finding(String id) {
        return new Finding(
                id,
                Finding.Kind.VULNERABILITY,
                List.of("GHSA-jfh8-c2jp-5v3q"),
                Optional.of(LOG4J),
                Severity.CRITICAL,
                "nvd CVSS 3.1",
                Optional.of(10.0),
                Optional.of(0.94358),
                Optional.of("2021-12-10"),
                "fixed",
                Optional.of("2.15.0"),
                id + " in org.apache.logging.log4j:log4j-core 2.14.1",
                List.of(new Finding.Place(HOSTILE, 1, 0)),
                "upgrade org.apache.logging.log4j:log4j-core 2.14.1 to 2.15.0",
                List.of(new Evidence(Evidence.Step.COMPARISON, "2.13.0 ≤ 2.14.1 < 2.15.0", "")));
    }
}
