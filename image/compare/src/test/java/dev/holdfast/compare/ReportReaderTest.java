package dev.holdfast.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents in each tool's own form, made by hand after what the tools write. */
final class ReportReaderTest {
    @TempDir
    Path folder;

    private TheirReport read(String document) throws IOException, InputException {
        return new ReportReader(Limits.DEFAULT).read(Files.writeString(folder.resolve("report.json"), document));
    }

    private void rejects(String document, String... told) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(document))
                .satisfies(wrong ->
                        assertThat(wrong.getMessage()).contains("report.json").contains(told));
    }

    @Test
    void readsTrivyWithItsPackagesAndWhatItsVexSetAside() throws Exception {
        TheirReport report = read(Reports.TRIVY);
        assertThat(report.tool()).isEqualTo("Trivy 0.74.0");
        assertThat(report.subject()).isEqualTo("shop:1");
        assertThat(report.layers()).containsExactly("sha256:" + "a".repeat(64));
        assertThat(report.packages().orElseThrow())
                .extracting(NamedPackage::name, NamedPackage::version)
                .contains(tuple("libc6", "2.36-9+deb12u1"), tuple("openssl", "1:3.0.11-1"));
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        claim -> claim.about().name(),
                        claim -> claim.about().type(),
                        Claim::ignored)
                .containsExactly(
                        tuple("CVE-2023-4911", "libc6", Optional.of(PackageType.DEB), Optional.empty()),
                        tuple("CVE-2010-4756", "libc6", Optional.of(PackageType.DEB), Optional.of("not for us")),
                        tuple(
                                "CVE-2021-44228",
                                "org.apache.logging.log4j:log4j-core",
                                Optional.of(PackageType.MAVEN),
                                Optional.empty()));
        assertThat(report.claims().getLast().about().path()).isEqualTo("app/shop.jar/log4j-core-2.14.1.jar");
    }

    @Test
    void readsTrivyBeforeItsDocumentHadAHead() throws Exception {
        TheirReport report = read("""
                [{"Target":"alpine","Type":"alpine","Vulnerabilities":[{"VulnerabilityID":"CVE-2019-14697","PkgName":"musl",
                  "InstalledVersion":"1.1.20-r4","FixedVersion":"1.1.20-r5","Severity":"CRITICAL"}]}]""");
        assertThat(report.claims()).extracting(Claim::severity).containsExactly(Optional.of(Severity.CRITICAL));
    }

    @Test
    void readsGrypeAndTakesTheGroupFromThePackageUrl() throws Exception {
        TheirReport report = read(Reports.GRYPE);
        assertThat(report.tool()).isEqualTo("grype 0.118.0");
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        Claim::aliases,
                        claim -> claim.about().name(),
                        claim -> claim.about().source())
                .containsExactly(
                        tuple(
                                "GHSA-jfh8-c2jp-5v3q",
                                List.of("CVE-2021-44228"),
                                "org.apache.logging.log4j:log4j-core",
                                Optional.empty()),
                        tuple("CVE-2023-4911", List.of(), "libc6", Optional.of("glibc")),
                        tuple("CVE-2024-2961", List.of(), "libc6", Optional.of("glibc")));
        assertThat(report.claims().getLast().ignored()).contains("accepted by ops");
    }

    @Test
    void readsOsvScannerWhichNamesSourcePackages() throws Exception {
        TheirReport report = read(Reports.OSV_SCANNER);
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        claim -> claim.about().name(),
                        claim -> claim.about().type(),
                        Claim::fixedIn)
                .containsExactly(
                        tuple("DEBIAN-CVE-2023-4911", "glibc", Optional.of(PackageType.DEB), "2.36-9+deb12u3"),
                        tuple("GHSA-jf85-cpcp-j695", "lodash", Optional.of(PackageType.NPM), ""));
    }

    @Test
    void readsSnykOfADistributionAndItsApplications() throws Exception {
        TheirReport report = read(Reports.SNYK);
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        Claim::aliases,
                        claim -> claim.about().name(),
                        claim -> claim.about().source())
                .containsExactly(
                        tuple(
                                "CVE-2019-10744",
                                List.of("GHSA-jf85-cpcp-j695", "SNYK-JS-LODASH-450202"),
                                "lodash",
                                Optional.empty()),
                        tuple("CVE-2023-4911", List.of("SNYK-DEBIAN12-GLIBC-5927133"), "libc6", Optional.of("glibc")),
                        tuple("CVE-2010-4756", List.of("SNYK-DEBIAN12-GLIBC-1"), "libc6", Optional.of("glibc")));
        assertThat(report.claims().getLast().ignored()).contains("not reachable");
    }

    @Test
    void readsScoutSarifByItsPackageUrls() throws Exception {
        TheirReport report = read(Reports.SCOUT);
        assertThat(report.tool()).isEqualTo("docker scout 1.18.0");
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        claim -> claim.about().name(),
                        claim -> claim.about().version(),
                        Claim::severity)
                .containsExactly(tuple("CVE-2023-4911", "glibc", "2.36-9+deb12u1", Optional.of(Severity.HIGH)));
    }

    @Test
    void readsScoutInGitlabsForm() throws Exception {
        TheirReport report = read(Reports.GITLAB);
        assertThat(report.claims())
                .extracting(
                        Claim::id,
                        claim -> claim.about().name(),
                        claim -> claim.about().version())
                .containsExactly(tuple("CVE-2023-4911", "glibc", "2.36-9+deb12u1"));
    }

    @Test
    void refusesSarifThatNamesNoPackage() {
        rejects(
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},\n\"results\":[{\"ruleId\":\"R1\",\"message\":{\"text\":\"m\"}}]}]}",
                "line 2",
                "names no package");
    }

    @Test
    void refusesWhatIsNoReport() {
        rejects("{\"a\":1}", "not a report", "its members are a");
        rejects("[]", "not a report");
        rejects("\"text\"", "not a report");
    }

    @Test
    void saysWhereADocumentEndsEarly() {
        rejects("{\"SchemaVersion\":2,\"Results\":[{\"Target\":\"x\",\n\"Vulnerabilities\":[{", "line 2");
        rejects("", "report.json");
    }

    @Test
    void saysWhichElementLacksWhat() {
        rejects(
                "{\"SchemaVersion\":2,\"ArtifactName\":\"x\",\"Results\":[{\"Vulnerabilities\":[\n{\"PkgName\":\"a\"}]}]}",
                "line 2",
                "VulnerabilityID");
        rejects("{\"SchemaVersion\":2,\"Results\":{}}", "\"Results\" is no list");
        rejects("{\"matches\":[\n3]}", "line 2", "\"id\"");
        rejects("{\"matches\":7,\"descriptor\":{}}", "\"matches\" is no list");
    }

    @Test
    void refusesNestingBomb() {
        rejects("{\"matches\":" + "[".repeat(100_000), "report.json");
    }

    @Test
    void staysWithinItsErrorsWhateverBytesChange() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (String document : List.of(
                Reports.TRIVY, Reports.GRYPE, Reports.OSV_SCANNER, Reports.SNYK, Reports.SCOUT, Reports.GITLAB)) {
            for (int round = 0; round < 100; round++) {
                char[] chars = document.toCharArray();
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    chars[random.nextInt(chars.length)] = "{}[]\",:0x\n".charAt(random.nextInt(10));
                }
                try {
                    read(new String(chars));
                } catch (InputException expected) {
                    assertThat(expected.getMessage()).as("seed %d", seed).contains("report.json");
                }
            }
        }
    }

    @Test
    void readsWhatAPeerReallyWrote() throws Exception {
        String shared = System.getProperty("holdfast.shared", "");
        assumeTrue(!shared.isEmpty(), "holdfast.shared names no folder");
        Path findings = Path.of(shared, "fixtures", "corpus", "findings");
        TheirReport alpine = new ReportReader(Limits.DEFAULT).read(findings.resolve("alpine-310.json.golden"));
        assertThat(alpine.claims()).hasSize(4);
        TheirReport go = new ReportReader(Limits.DEFAULT).read(findings.resolve("gomod.json.golden"));
        assertThat(go.claims())
                .extracting(claim -> claim.about().type())
                .containsOnly(Optional.of(PackageType.GOLANG))
                .hasSize(5);
    }
}
