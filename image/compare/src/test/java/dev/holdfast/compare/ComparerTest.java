package dev.holdfast.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.base.BaseWriter;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.CompiledBase;
import dev.holdfast.advisory.base.Intake;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.compare.Comparison.Row;
import dev.holdfast.core.Digest;
import dev.holdfast.core.Limits;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.scan.Inquiry;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One made-up image, beside one made-up report for each cause. */
final class ComparerTest {
    @TempDir
    Path folder;

    private @org.jspecify.annotations.Nullable AdvisoryBase base;
    private final List<Component> components = new ArrayList<>();

    @BeforeEach
    void compile() throws Exception {
        Compilation facts = new Compilation();
        try (Intake debian = facts.open("debian-tracker", "2026-11-20")) {
            debian.accept(fixed("CVE-2023-4911", "debian:12", "glibc", "2.36-9+deb12u3"));
            debian.accept(fixed("CVE-2023-1111", "debian:12", "glibc", "2.36-9"));
            debian.accept(notAffected("CVE-2023-2222", "debian:12", "glibc"));
        }
        try (Intake github = facts.open("ghsa", "2026-11-20")) {
            github.accept(new Advisory(
                    "GHSA-jf85-cpcp-j695",
                    Advisory.Kind.VULNERABILITY,
                    List.of("CVE-2019-10744"),
                    List.of(),
                    "",
                    "",
                    false,
                    List.of(),
                    List.of()));
            github.accept(fixed("GHSA-jf85-cpcp-j695", "npm", "lodash", "4.17.12"));
            github.accept(new Advisory(
                    "GHSA-taken-back",
                    Advisory.Kind.VULNERABILITY,
                    List.of(),
                    List.of(),
                    "",
                    "",
                    true,
                    List.of(),
                    List.of()));
            github.accept(fixed("GHSA-taken-back", "npm", "lodash", "9"));
            github.accept(fixed("CVE-2020-0001", "npm", "lodash", "4.0.0"));
            github.accept(fixed("CVE-2020-0002", "npm", "elsewhere", "4.0.0"));
        }
        Path file = folder.resolve("facts.hfdb");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            new BaseWriter(facts, source -> source).write(out);
        }
        base = CompiledBase.open(file);
        has(record(PackageType.DEB, "libc6", "2.36-9+deb12u1").withSource("glibc", "2.36-9+deb12u1"), "debian");
        has(record(PackageType.DEB, "libc-bin", "2.36-9+deb12u1").withSource("glibc", "2.36-9+deb12u1"), "debian");
        has(record(PackageType.NPM, "lodash", "4.17.11"), "");
    }

    @AfterEach
    void close() {
        if (base != null) {
            base.close();
        }
    }

    private static Statement fixed(String id, String namespace, String name, String fix) {
        return new Statement(
                id,
                namespace,
                name,
                Status.FIXED,
                List.of(Range.below(fix)),
                List.of(),
                List.of(fix),
                Qualifiers.NONE,
                "");
    }

    private static Statement notAffected(String id, String namespace, String name) {
        return new Statement(
                id, namespace, name, Status.NOT_AFFECTED, List.of(), List.of(), List.of(), Qualifiers.NONE, "");
    }

    private static PackageRecord record(PackageType type, String name, String version) {
        return PackageRecord.of(type, name, version, Confidence.HIGH, "made up");
    }

    private void has(PackageRecord record, String namespace) {
        String path =
                record.type() == PackageType.DEB ? "/var/lib/dpkg/status" : "/app/" + record.name() + "/package.json";
        components.add(new Component(
                PackageUrl.of(record.type().word(), namespace, record.name(), record.version()),
                record,
                Component.State.INSTALLED,
                Optional.empty(),
                List.of(new Component.Location(path, -1, 0, "made up")),
                Optional.empty()));
    }

    private Comparison beside(String report) throws Exception {
        components.sort(Component.ORDER);
        Distribution debian =
                new Distribution("debian", "12", "Debian 12", Optional.of("bookworm"), List.of(), "/etc/os-release");
        BillOfMaterials bill = new BillOfMaterials(
                "made up",
                "shop:1",
                "",
                Optional.of(debian),
                List.of(),
                components,
                Digest.ofSha256(new byte[32]),
                List.of());
        ScanRequest request = ScanRequest.on(LocalDate.of(2026, 11, 25)).build();
        Inquiry inquiry = new Scanner(requireBase(), Limits.DEFAULT).inquire(bill, request, "shop.json");
        TheirReport theirs =
                new ReportReader(Limits.DEFAULT).read(Files.writeString(folder.resolve("report.json"), report));
        return new Comparer(inquiry).compare(theirs);
    }

    private AdvisoryBase requireBase() {
        return java.util.Objects.requireNonNull(base);
    }

    private static String trivy(String type, String... claims) {
        return "{\"SchemaVersion\":2,\"ArtifactName\":\"shop:1\",\"Results\":[{\"Target\":\"x\",\"Type\":\"" + type
                + "\",\"Vulnerabilities\":[" + String.join(",", claims) + "]}]}";
    }

    private static String claim(String id, String name, String version) {
        return "{\"VulnerabilityID\":\"" + id + "\",\"PkgName\":\"" + name + "\",\"InstalledVersion\":\"" + version
                + "\",\"Severity\":\"HIGH\"}";
    }

    private Row only(Comparison comparison, Cause.Side side) {
        List<Row> rows = comparison.rows().stream()
                .filter(row -> row.cause().side() == side)
                .toList();
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private Row theirs(String type, String id, String name, String version) throws Exception {
        return only(beside(trivy(type, claim(id, name, version))), Cause.Side.THEIRS);
    }

    @Test
    void agreesWithEachToolOnTheSameFlaw() throws Exception {
        for (String report : List.of(Reports.TRIVY, Reports.GRYPE, Reports.SNYK)) {
            assertThat(beside(report).rows())
                    .filteredOn(row -> row.id().equals("CVE-2023-4911")
                            && row.packageName().equals("libc6"))
                    .extracting(Row::cause)
                    .containsExactly(Cause.AGREED);
        }
    }

    @Test
    void takesAClaimAboutTheSourcePackageForAllThatWasBuiltFromIt() throws Exception {
        for (String report : List.of(Reports.OSV_SCANNER, Reports.SCOUT, Reports.GITLAB)) {
            assertThat(beside(report).rows())
                    .filteredOn(row -> row.id().equals("CVE-2023-4911"))
                    .extracting(Row::cause)
                    .containsExactly(Cause.NAMED_BY_SOURCE, Cause.NAMED_BY_SOURCE);
        }
    }

    @Test
    void knowsAliasesForOneFlaw() throws Exception {
        Comparison comparison = beside(trivy(
                "npm",
                claim("CVE-2019-10744", "lodash", "4.17.11"),
                claim("GHSA-jf85-cpcp-j695", "lodash", "4.17.11"),
                claim("CVE-2019-10744", "lodash", "4.17.11")));
        assertThat(only(comparison, Cause.Side.BOTH).cause()).isEqualTo(Cause.AGREED);
        assertThat(comparison.causes()).containsEntry(Cause.ALIAS, 1).containsEntry(Cause.DUPLICATE, 1);
    }

    @Test
    void provesThatTheDistributionFixedIt() throws Exception {
        Row row = theirs("debian", "CVE-2023-1111", "libc6", "2.36-9+deb12u1");
        assertThat(row.cause()).isEqualTo(Cause.FIXED_BY_DISTRIBUTION);
        assertThat(row.reason()).contains("2.36-9+deb12u1 ≥ 2.36-9", "debian-tracker");
    }

    @Test
    void provesThatTheVendorSaysNotAffected() throws Exception {
        assertThat(theirs("debian", "CVE-2023-2222", "libc6", "2.36-9+deb12u1").cause())
                .isEqualTo(Cause.NOT_AFFECTED);
    }

    @Test
    void provesThatALibraryHasTheFix() throws Exception {
        Row row = theirs("npm", "CVE-2020-0001", "lodash", "4.17.11");
        assertThat(row.cause()).isEqualTo(Cause.FIXED);
        assertThat(row.reason()).contains("4.17.11 ≥ 4.0.0");
    }

    @Test
    void tellsWithdrawnUnknownAndForeignFlawsApart() throws Exception {
        assertThat(theirs("npm", "GHSA-taken-back", "lodash", "4.17.11").cause())
                .isEqualTo(Cause.WITHDRAWN);
        assertThat(theirs("npm", "CVE-2021-7777", "lodash", "4.17.11").cause()).isEqualTo(Cause.ADVISORY_UNKNOWN);
        assertThat(theirs("npm", "CVE-2027-7777", "lodash", "4.17.11").cause()).isEqualTo(Cause.SOURCE_TOO_OLD);
        Row row = theirs("npm", "CVE-2020-0002", "lodash", "4.17.11");
        assertThat(row.cause()).isEqualTo(Cause.NOT_OF_THIS_PACKAGE);
        assertThat(row.reason()).contains("elsewhere");
    }

    @Test
    void tellsWhatWasReadInsteadOfWhatTheyName() throws Exception {
        assertThat(theirs("npm", "CVE-2020-0001", "left-pad", "1.0.0").cause()).isEqualTo(Cause.NOT_IN_INVENTORY);
        Row row = theirs("npm", "CVE-2020-0001", "lodash", "3.0.0");
        assertThat(row.cause()).isEqualTo(Cause.VERSION_DIFFERS);
        assertThat(row.reason()).contains("they read 3.0.0, we read 4.17.11 from /app/lodash/package.json");
    }

    @Test
    void tellsWhyTheyDoNotReportWhatWeDo() throws Exception {
        Comparison withList = beside("""
                {"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"x","Type":"npm","Packages":[{"Name":"other","Version":"1"}]}]}""");
        assertThat(withList.causes()).containsOnlyKeys(Cause.THEY_LACK_THE_PACKAGE);
        assertThat(beside(trivy("npm")).causes()).containsOnlyKeys(Cause.THEY_NEVER_NAME_IT);
        Comparison ignoring = beside(
                Reports.GRYPE.replace("CVE-2024-2961", "CVE-2023-4911").replaceFirst("CVE-2023-4911", "CVE-1999-1"));
        assertThat(ignoring.causes()).containsKey(Cause.THEY_IGNORE);
    }

    @Test
    void ourOwnReportAgreesWithItself() throws Exception {
        Comparison comparison = beside(trivy(
                "debian",
                claim("CVE-2023-4911", "libc6", "2.36-9+deb12u1"),
                claim("CVE-2023-4911", "libc-bin", "2.36-9+deb12u1")));
        assertThat(comparison.count(Cause.Side.BOTH)).isEqualTo(2);
        assertThat(comparison.count(Cause.Side.THEIRS)).isZero();
    }
}
