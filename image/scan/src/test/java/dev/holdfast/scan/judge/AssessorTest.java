package dev.holdfast.scan.judge;

import static dev.holdfast.scan.judge.Trial.a;
import static dev.holdfast.scan.judge.Trial.deb;
import static dev.holdfast.scan.judge.Trial.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.core.Finding;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Judgement.Decision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who decides when sources disagree, and about which name and version they are asked. */
final class AssessorTest {
    @TempDir
    Path folder;

    private Trial trial() throws Exception {
        return Trial.in(folder);
    }

    // --- names and versions ---

    @Test
    void asksForTheSourcePackageWithTheSourceVersion() throws Exception {
        // Trap 18: the binary libc-bin has a rebuild suffix, its source has not; Debian speaks of the source.
        try (Trial trial = trial().on("debian", "12")
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2023-4911", "debian:12", "glibc").fixedIn("2.36-9+deb12u3"))
                .has(deb("libc-bin", "2.36-9+deb12u2+b1", "glibc", "2.36-9+deb12u2"))) {
            assertThat(trial.finding().fixedIn()).contains("2.36-9+deb12u3");
        }
    }

    @Test
    void doesNotTakeARebuiltBinaryForAnUpgradedSource() throws Exception {
        // Trap 17: +b9 sorts above the fix 1.0-1+a; the source 1.0-1 does not.
        try (Trial trial = trial().on("debian", "12")
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-1001", "debian:12", "tool").fixedIn("1.0-1+a"))
                .has(deb("tool", "1.0-1+b9", "tool", "1.0-1"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void keepsTheEpochThatOnlyTheBinaryHas() throws Exception {
        // Trap 18: the source says 2.38.1, the binary 1:2.38.1; the advisory goes by the source.
        try (Trial trial = trial().on("debian", "12")
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-28085", "debian:12", "util-linux").fixedIn("2.38.1-5+deb12u1"))
                .has(deb("bsdutils", "1:2.38.1-5+b1", "util-linux", "2.38.1-5+b1"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void asksRpmDistributionsForTheBinaryPackageWithItsEpoch() throws Exception {
        try (Trial trial = trial().on("almalinux", "9.3")
                .says(
                        "almalinux",
                        Claim.of("ALSA-2024:1", "almalinux:9", "openssl-libs").fixedIn("1:3.0.7-25"))
                .has(rpm("openssl-libs", "1:3.0.7-24.el9"))
                .has(rpm("openssl", "1:3.0.7-24.el9"))) {
            assertThat(trial.finding().component().orElseThrow().name()).isEqualTo("openssl-libs");
        }
    }

    @Test
    void countsAMissingRpmEpochAsZero() throws Exception {
        // Trap 22.
        try (Trial trial = trial().on("almalinux", "9")
                .says(
                        "almalinux",
                        Claim.of("ALSA-2024:2", "almalinux:9", "bash").fixedIn("0:5.1.8-9.el9"))
                .has(rpm("bash", "5.1.8-9.el9"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("ALSA-2024:2")).isEqualTo(Decision.ALREADY_FIXED);
        }
    }

    @Test
    void appliesWhatIsSaidOfAnRpmSourceToEveryPackageBuiltFromIt() throws Exception {
        Claim claim = Claim.of("CVE-2024-1030", "mariner:2.0", "curl")
                .fixedIn("7.99.0-1.cm2")
                .onlyOn("src");
        try (Trial trial = trial().on("mariner", "2.0")
                .says("mariner-oval", claim)
                .has(rpm("curl", "7.86.0-1.cm2").withSource("curl", "7.86.0-1.cm2"))
                .has(rpm("curl-libs", "7.86.0-1.cm2").withSource("curl", "7.86.0-1.cm2"))
                .has(rpm("wget", "1.21-1.cm2").withSource("wget", "1.21-1.cm2"))) {
            assertThat(trial.findings())
                    .extracting(finding -> finding.component().orElseThrow().name())
                    .containsExactlyInAnyOrder("curl", "curl-libs");
        }
    }

    @Test
    void doesNotApplyWhatIsSaidOfABinaryRpmToItsSisters() throws Exception {
        try (Trial trial = trial().on("almalinux", "9")
                .says(
                        "almalinux",
                        Claim.of("ALSA-2024:9", "almalinux:9", "curl").fixedIn("9-1"))
                .has(rpm("libcurl", "7.76.1-26.el9").withSource("curl", "7.76.1-26.el9"))) {
            assertThat(trial.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1:3.0.7-24.el9, 3.0.7-24.el9, 0", "0.9-1.el9, 3.0.7-24.el9, 1"})
    void givesAnRpmSourceTheEpochOfABinaryOfTheSameVersion(String binary, String source, int findings)
            throws Exception {
        // Trap 22: the source package's file name has no epoch.
        try (Trial trial = trial().on("mariner", "2.0")
                .says(
                        "mariner-oval",
                        Claim.of("CVE-2024-1031", "mariner:2.0", "openssl")
                                .fixedIn("1:3.0.0-1")
                                .onlyOn("src"))
                .has(rpm("openssl-libs", binary).withSource("openssl", source))) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    @Test
    void takesPhotonsNamesForSourcesAndBinariesAlike() throws Exception {
        try (Trial trial = trial().on("photon", "3.0")
                .says("photon", Claim.of("CVE-2019-5481", "photon:3.0", "curl").fixedIn("7.61.1-5.ph3"))
                .has(rpm("curl-libs", "7.61.1-4.ph3").withSource("curl", "7.61.1-4.ph3"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void normalisesPythonNames() throws Exception {
        // Trap 42: runs of - _ . are one dash, and case does not count.
        try (Trial trial = trial().says(
                        "pypa",
                        Claim.of("PYSEC-2024-1", "pypi", "zope-interface").fixedIn("5.0"))
                .has(a(PackageType.PYPI, "Zope.._Interface", "4.9"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void readsGoVersionsWithoutTheirLetter() throws Exception {
        // Trap 40.
        try (Trial trial = trial().says(
                        "go-vulndb",
                        Claim.of("GO-2022-1", "golang", "golang.org/x/net").fixedIn("0.7.0"))
                .has(a(PackageType.GOLANG, "golang.org/x/net", "v0.5.0"))) {
            assertThat(trial.finding().fixedIn()).contains("0.7.0");
        }
    }

    @Test
    void asksForTheModuleThatWasCompiledInAndNotForTheReplacedOne() throws Exception {
        // Trap 40.
        try (Trial trial = trial().says(
                        "go-vulndb",
                        Claim.of("GO-2022-0002", "golang", "example.org/original")
                                .fixedIn("9.0.0"),
                        Claim.of("GO-2022-0003", "golang", "example.org/fork").fixedIn("1.2.0"))
                .has(a(PackageType.GOLANG, "example.org/fork", "v1.1.0")
                        .withDetail(Detail.REPLACED, "example.org/original@v1.0.0"))) {
            assertThat(trial.finding().id()).isEqualTo("GO-2022-0003");
        }
    }

    @Test
    void needsGroupAndArtifactForMaven() throws Exception {
        // Trap 34: another group's spring-web is not Spring's.
        try (Trial trial = trial().says(
                        "ghsa",
                        Claim.of("GHSA-aaaa-aaaa-aaaa", "maven", "org.springframework:spring-web")
                                .fixedIn("6.0.0"))
                .has(a(PackageType.MAVEN, "org.myorg:spring-web", "0.7.5"))) {
            assertThat(trial.judgements()).isEmpty();
        }
    }

    // --- ranges ---

    @ParameterizedTest
    @CsvSource({
        "1.15.9, true",
        "1.15.10, false",
        "1.15.11, false",
        "1.16.0, true",
        "1.16.6, true",
        "1.16.7, false",
        "1.17.2, true",
        "1.17.3, false",
        "1.18.0, false"
    })
    void readsFixesOfSeveralBranchesAsASetOfIntervals(String version, boolean affected) throws Exception {
        // Trap 48: 1.15.10, 1.16.7 and 1.17.3 are not three separate "less than" tests.
        try (Trial trial = trial().says(
                        "ghsa",
                        Claim.of("GHSA-bbbb-bbbb-bbbb", "npm", "thing")
                                .from("1.15.0")
                                .to("1.15.10")
                                .from("1.16.0")
                                .to("1.16.7")
                                .from("1.17.0")
                                .to("1.17.3"))
                .has(a(PackageType.NPM, "thing", version))) {
            assertThat(trial.findings()).hasSize(affected ? 1 : 0);
        }
    }

    @Test
    void offersTheNearestFixOfTheOwnBranch() throws Exception {
        try (Trial trial = trial().says(
                        "ghsa",
                        Claim.of("GHSA-bbbb-bbbb-bbbb", "npm", "thing")
                                .from("1.15.0")
                                .to("1.15.10")
                                .from("1.16.0")
                                .to("1.16.7"))
                .has(a(PackageType.NPM, "thing", "1.16.2"))) {
            assertThat(trial.finding().fixedIn()).contains("1.16.7");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.3.0, 1", "2.3.1, 0"})
    void includesTheLastAffectedVersion(String version, int findings) throws Exception {
        // Trap 48: last_affected belongs to the range, fixed does not.
        try (Trial trial = trial().says(
                        "ghsa",
                        Claim.of("GHSA-cccc-cccc-cccc", "npm", "thing")
                                .from("1.0.0")
                                .lastAffected("2.3.0"))
                .has(a(PackageType.NPM, "thing", version))) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    @Test
    void reportsWhatHasNoFix() throws Exception {
        // Trap 49: an empty fixed version means unfixed, for every version.
        try (Trial trial = trial().on("debian", "12")
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2010-4756", "debian:12", "glibc").rated("unimportant"))
                .has(deb("libc6", "2.36-9", "glibc", "2.36-9"))) {
            assertThat(trial.finding().status()).isEqualTo("unfixed");
            assertThat(trial.finding().fixedIn()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WILL_NOT_FIX, will-not-fix",
        "DEFERRED, deferred",
        "END_OF_LIFE, end-of-life",
        "UNDER_INVESTIGATION, under-investigation"
    })
    void tellsWhyThereIsNoFix(Status status, String word) throws Exception {
        // Trap 28: ignored, deferred and not-in-release are different answers.
        try (Trial trial = trial().on("ubuntu", "22.04")
                .says(
                        "ubuntu-cve-tracker",
                        Claim.of("CVE-2024-1002", "ubuntu:22.04", "gcc-12").status(status))
                .has(deb("gcc-12-base", "12.3.0-1ubuntu1", "gcc-12", "12.3.0-1ubuntu1"))) {
            assertThat(trial.finding().status()).isEqualTo(word);
        }
    }

    @Test
    void reportsListedVersionsBesideRanges() throws Exception {
        try (Trial trial = trial().says("malicious-packages", to -> {
                    to.accept(Claim.advisory("MAL-2024-1", Kind.MALWARE, false, List.of(), List.of()));
                    to.accept(Claim.of("MAL-2024-1", "npm", "evil")
                            .listed("6.6.6", "6.6.8")
                            .statement());
                })
                .has(a(PackageType.NPM, "evil", "6.6.8"))) {
            assertThat(trial.finding().kind()).isEqualTo(Finding.Kind.MALWARE);
            assertThat(trial.finding().severity().word()).isEqualTo("critical");
        }
    }

    // --- statements of safety ---

    @Test
    void takesAlpinesVersionZeroAsNeverAffected() throws Exception {
        // Trap 26: "0" in secdb becomes a statement of NOT_AFFECTED.
        try (Trial trial = trial().on("alpine", "3.17.2")
                .says("secdb", Claim.of("CVE-2021-1001", "alpine:3.17", "ruby").status(Status.NOT_AFFECTED))
                .has(a(PackageType.APK, "ruby-libs", "3.1.3-r0").withSource("ruby", "3.1.3-r0"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("CVE-2021-1001")).isEqualTo(Decision.NOT_AFFECTED);
        }
    }

    @Test
    void keepsTheBranchesOfADistributionApart() throws Exception {
        try (Trial trial = trial().on("alpine", "3.17.2")
                .says(
                        "secdb",
                        Claim.of("CVE-2021-1002", "alpine:3.18", "busybox").fixedIn("9-r0"),
                        Claim.of("CVE-2021-1003", "alpine:edge", "busybox").fixedIn("9-r0"))
                .has(a(PackageType.APK, "busybox", "1.35.0-r29").withSource("busybox", "1.35.0-r29"))) {
            assertThat(trial.judgements()).isEmpty();
        }
    }

    @Test
    void knowsEdgeByItsAlphaVersion() throws Exception {
        // Trap 26: edge has its own feed.
        try (Trial trial = trial().on("alpine", "3.21.0_alpha20240923")
                .says(
                        "secdb",
                        Claim.of("CVE-2021-1003", "alpine:edge", "busybox").fixedIn("9-r0"))
                .has(a(PackageType.APK, "busybox", "1.35.0-r29").withSource("busybox", "1.35.0-r29"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    // --- withdrawn, notices ---

    @Test
    void doesNotReportWhatWasWithdrawn() throws Exception {
        // Trap 46.
        try (Trial trial = trial().says("ghsa", to -> {
                    to.accept(Claim.advisory("GHSA-dddd-dddd-dddd", Kind.VULNERABILITY, true, List.of(), List.of()));
                    to.accept(Claim.of("GHSA-dddd-dddd-dddd", "npm", "thing")
                            .fixedIn("2.0.0")
                            .statement());
                })
                .has(a(PackageType.NPM, "thing", "1.0.0"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("GHSA-dddd-dddd-dddd")).isEqualTo(Decision.WITHDRAWN);
        }
    }

    @Test
    void reportsWhatOnePublisherStillUpholds() throws Exception {
        // Trap 46: one that lags behind does not count alone, but neither does one withdrawal of several.
        try (Trial trial = trial().says(
                        "ghsa",
                        to -> to.accept(Claim.advisory(
                                "GHSA-dddd-dddd-dddd", Kind.VULNERABILITY, true, List.of("CVE-2024-1003"), List.of())))
                .says("nvd", to -> to.accept(Claim.flaw("CVE-2024-1003")))
                .says("pypa", Claim.of("CVE-2024-1003", "pypi", "thing").fixedIn("2.0"))
                .has(a(PackageType.PYPI, "thing", "1.0"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"UNMAINTAINED", "UNSOUND", "NOTICE"})
    void doesNotReportNotices(Kind kind) throws Exception {
        try (Trial trial = trial().says("ghsa", to -> {
                    to.accept(Claim.advisory("GHSA-eeee-eeee-eeee", kind, false, List.of(), List.of()));
                    to.accept(Claim.of("GHSA-eeee-eeee-eeee", "npm", "thing").statement());
                })
                .has(a(PackageType.NPM, "thing", "1.0.0"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("GHSA-eeee-eeee-eeee")).isEqualTo(Decision.INFORMATIONAL);
        }
    }

    // --- authority ---

    @Test
    void believesTheVendorOverWhatOthersAggregated() throws Exception {
        try (Trial trial = trial().on("debian", "12")
                .says(
                        "debian-osv",
                        Claim.of("CVE-2024-1004", "debian:12", "curl").status(Status.UNFIXED))
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-1004", "debian:12", "curl").fixedIn("7.88.1-10"))
                .has(deb("curl", "7.88.1-10", "curl", "7.88.1-10"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("CVE-2024-1004")).isEqualTo(Decision.ALREADY_FIXED);
        }
    }

    @Test
    void believesTheVendorOverAHistoricCollection() throws Exception {
        try (Trial trial = trial().says(
                        "victims",
                        Claim.of("CVE-2013-1001", "maven", "org.example:lib").fixedIn("9.0"))
                .says(
                        "ghsa",
                        Claim.of("CVE-2013-1001", "maven", "org.example:lib").fixedIn("1.5"))
                .has(a(PackageType.MAVEN, "org.example:lib", "2.0"))) {
            assertThat(trial.findings()).isEmpty();
        }
    }

    @Test
    void listensToAHistoricCollectionWhereNobodyElseSpeaks() throws Exception {
        try (Trial trial = trial().says(
                        "victims",
                        Claim.of("CVE-2013-1001", "maven", "org.example:lib").fixedIn("9.0"))
                .has(a(PackageType.MAVEN, "org.example:lib", "2.0"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void amongEqualsBelievesTheOneThatSaysAffected() throws Exception {
        try (Trial trial = trial().says(
                        "ghsa", Claim.of("CVE-2024-1005", "pypi", "thing").fixedIn("2.0"))
                .says("pypa", Claim.of("CVE-2024-1005", "pypi", "thing").fixedIn("1.5"))
                .has(a(PackageType.PYPI, "thing", "1.7"))) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    // --- subscription pockets ---

    @Test
    void offersASubscriptionFixOnlyAsThat() throws Exception {
        // Trap 28: who has no subscription cannot have the fix.
        try (Trial trial = trial().on("ubuntu", "18.04")
                .says(
                        "ubuntu-cve-tracker",
                        Claim.of("CVE-2024-1006", "ubuntu:18.04", "bash").status(Status.UNFIXED),
                        Claim.of("CVE-2024-1006", "ubuntu:18.04", "bash")
                                .fixedIn("4.4.18-2ubuntu1.3+esm1")
                                .inPocket("esm-infra"))
                .has(deb("bash", "4.4.18-2ubuntu1.3", "bash", "4.4.18-2ubuntu1.3"))) {
            assertThat(trial.finding().status()).isEqualTo("fixed-by-subscription");
            assertThat(trial.finding().hasFix()).isFalse();
        }
    }

    @Test
    void seesAnInstalledSubscriptionFix() throws Exception {
        try (Trial trial = trial().on("ubuntu", "18.04")
                .says(
                        "ubuntu-cve-tracker",
                        Claim.of("CVE-2024-1006", "ubuntu:18.04", "bash").status(Status.UNFIXED),
                        Claim.of("CVE-2024-1006", "ubuntu:18.04", "bash")
                                .fixedIn("4.4.18-2ubuntu1.3+esm1")
                                .inPocket("esm-infra"))
                .has(deb("bash", "4.4.18-2ubuntu1.3+esm1", "bash", "4.4.18-2ubuntu1.3+esm1"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("CVE-2024-1006")).isEqualTo(Decision.ALREADY_FIXED);
        }
    }

    // --- modules and architectures ---

    @ParameterizedTest
    @CsvSource({"nodejs:18, 1", "nodejs:20, 0", "'', 0"})
    void judgesAModuleBuildOnlyByItsOwnStream(String installed, int findings) throws Exception {
        // Trap 24.
        PackageRecord record = rpm("nodejs", "1:18.10.0-1.module_el8");
        try (Trial trial = trial().on("almalinux", "8.8")
                .says(
                        "almalinux",
                        Claim.of("ALSA-2024:3", "almalinux:8", "nodejs")
                                .fixedIn("1:18.19.0-1.module_el8")
                                .inModule("nodejs:18"))
                .has(installed.isEmpty() ? record : record.withDetail(Detail.MODULE, installed))) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    @Test
    void doesNotJudgeAModuleBuildByStatementsOutsideModules() throws Exception {
        // Trap 24, the reverse.
        try (Trial trial = trial().on("almalinux", "8")
                .says(
                        "almalinux",
                        Claim.of("ALSA-2024:4", "almalinux:8", "perl").fixedIn("4:5.99"))
                .has(rpm("perl", "4:5.30.1-452.module_el8").withDetail(Detail.MODULE, "perl:5.30"))) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.decision("ALSA-2024:4")).isEqualTo(Decision.OUT_OF_SCOPE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1:18.10.0-1.module_el8, 1", "1:16.10.0-1.module_el8, 0", "18.10.0-1.module_el8, 1"})
    void comparesWithinTheLeadingNumberWhereAFeedNamesNoStream(String version, int findings) throws Exception {
        try (Trial trial = trial().on("ol", "8.8")
                .says(
                        "oracle-oval",
                        Claim.of("ELSA-2024-1", "ol:8", "nodejs")
                                .fixedIn("1:18.19.0-1.module+el8")
                                .inModule("?"))
                .has(rpm("nodejs", version).withDetail(Detail.MODULE, "nodejs:18"))) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    @Test
    void doesNotJudgePackagesOutsideModulesByAModuleOfUnknownStream() throws Exception {
        try (Trial trial = trial().on("ol", "8.8")
                .says(
                        "oracle-oval",
                        Claim.of("ELSA-2024-1", "ol:8", "nodejs")
                                .fixedIn("1:18.19.0-1")
                                .inModule("?"))
                .has(rpm("nodejs", "1:18.10.0-1"))) {
            assertThat(trial.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"x86_64, 1", "aarch64, 0", "noarch, 1"})
    void reportsOnlyTheArchitecturesThatAreMeant(String architecture, int findings) throws Exception {
        try (Trial trial = trial().on("ol", "8")
                .says(
                        "oracle-oval",
                        Claim.of("ELSA-2024-2", "ol:8", "bash").fixedIn("9-1").onlyOn("x86_64"))
                .has(a(PackageType.RPM, "bash", "5.0-1").withArchitecture(architecture))) {
            assertThat(trial.findings()).hasSize(findings);
        }
    }

    // --- derivatives ---

    @Test
    void asksRedHatForCentOsAndSaysSo() throws Exception {
        try (Trial trial = trial().on("centos", "7")
                .says("redhat-oval", Claim.of("CVE-2024-1007", "rhel:7", "bash").fixedIn("4.2.46-99.el7"))
                .has(rpm("bash", "4.2.46-30.el7"))) {
            Finding finding = trial.finding();
            assertThat(finding.evidence()).anySatisfy(step -> {
                assertThat(step.claim()).contains("rhel:7");
                assertThat(step.source()).startsWith("redhat-oval");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"rocky", "almalinux", "ol", "amzn", "fedora"})
    void doesNotBorrowForOtherDerivatives(String id) throws Exception {
        // Trap 29: same names, other releases.
        try (Trial trial = trial().on(id, "9")
                .says("redhat-oval", Claim.of("CVE-2024-1007", "rhel:9", "bash").fixedIn("9-1"))
                .has(rpm("bash", "5.1.8-6.el9"))) {
            assertThat(trial.judgements()).isEmpty();
        }
    }

    // --- alias classes ---

    @Test
    void countsAFlawOnceUnderAllItsNames() throws Exception {
        // Trap 47.
        try (Trial trial = trial().says("ghsa", to -> {
                    to.accept(Claim.flaw("GHSA-ffff-ffff-ffff", "CVE-2024-1008"));
                    to.accept(Claim.of("GHSA-ffff-ffff-ffff", "pypi", "thing")
                            .fixedIn("2.0")
                            .statement());
                })
                .says("pypa", to -> {
                    to.accept(Claim.flaw("PYSEC-2024-8", "CVE-2024-1008"));
                    to.accept(Claim.of("PYSEC-2024-8", "pypi", "thing")
                            .fixedIn("2.0")
                            .statement());
                })
                .has(
                        a(PackageType.PYPI, "thing", "1.0"),
                        "",
                        Component.State.INSTALLED,
                        "/a/METADATA",
                        "/b/METADATA")) {
            Finding finding = trial.finding();
            assertThat(finding.id()).isEqualTo("CVE-2024-1008");
            assertThat(finding.aliases()).containsExactly("GHSA-ffff-ffff-ffff", "PYSEC-2024-8");
            assertThat(finding.locations())
                    .extracting(Finding.Place::path)
                    .containsExactly("/a/METADATA", "/b/METADATA");
        }
    }

    @Test
    void doesNotJoinTwoCvesThatOneAdvisoryCovers() throws Exception {
        // Trap 47: a GHSA may alias two CVEs; they stay two flaws.
        try (Trial trial = trial().says("ghsa", to -> {
                    to.accept(Claim.flaw("GHSA-gggg-gggg-gggg", "CVE-2024-1010", "CVE-2024-1011"));
                })
                .says(
                        "pypa",
                        Claim.of("CVE-2024-1010", "pypi", "thing").fixedIn("2.0"),
                        Claim.of("CVE-2024-1011", "pypi", "thing").fixedIn("1.5"))
                .has(a(PackageType.PYPI, "thing", "1.7"))) {
            assertThat(trial.finding().id()).isEqualTo("CVE-2024-1010");
            assertThat(trial.decision("CVE-2024-1011")).isEqualTo(Decision.ALREADY_FIXED);
        }
    }

    // --- removed ---

    @Test
    void tellsThatTheAffectedPackageWasRemoved() throws Exception {
        try (Trial trial = trial().says(
                        "ghsa", Claim.of("CVE-2024-1012", "npm", "thing").fixedIn("2.0.0"))
                .has(a(PackageType.NPM, "thing", "1.0.0"), "", Component.State.REMOVED, "/package.json")) {
            assertThat(trial.decision("CVE-2024-1012")).isEqualTo(Decision.REMOVED);
        }
    }
}
