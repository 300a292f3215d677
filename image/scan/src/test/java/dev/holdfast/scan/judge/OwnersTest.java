package dev.holdfast.scan.judge;

import static dev.holdfast.scan.judge.Trial.a;
import static dev.holdfast.scan.judge.Trial.deb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Judgement.Decision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Language packages whose files a distribution's package owns. Traps 27 and 31. */
final class OwnersTest {
    private static final PackageRecord REQUESTS = a(PackageType.PYPI, "requests", "2.28.1");
    private static final PackageRecord OWNER = deb("python3-requests", "2.28.1+dfsg-1", "requests", "2.28.1+dfsg-1");

    @TempDir
    Path folder;

    /** Debian 12 with a Python package of the distribution, which a language advisory calls affected. */
    private Trial trial() throws Exception {
        return Trial.in(folder).on("debian", "12").says("ghsa", to -> {
            to.accept(Claim.flaw("GHSA-j8r2-6x86-q33q", "CVE-2023-32681"));
            to.accept(Claim.of("GHSA-j8r2-6x86-q33q", "pypi", "requests")
                    .fixedIn("2.31.0")
                    .statement());
        });
    }

    @Test
    void theVendorDecidesWhereItSpeaks() throws Exception {
        try (Trial trial = trial().says(
                        "debian-tracker",
                        Claim.of("CVE-2023-32681", "debian:12", "requests").fixedIn("2.28.1+dfsg-1"))
                .has(REQUESTS, "python3-requests")
                .has(OWNER)) {
            assertThat(trial.findings()).isEmpty();
            Judgement judgement = trial.about("CVE-2023-32681").orElseThrow();
            assertThat(judgement.decision()).isEqualTo(Decision.VENDOR_DECIDES);
            assertThat(judgement.reason()).contains("python3-requests", "debian-tracker", "fixed in 2.28.1+dfsg-1");
        }
    }

    @Test
    void theFlawIsShownOnceUnderThePackageOfTheVendorThatSaysAffected() throws Exception {
        try (Trial trial = trial().says(
                        "debian-tracker",
                        Claim.of("CVE-2023-32681", "debian:12", "requests").status(Status.DEFERRED))
                .has(REQUESTS, "python3-requests")
                .has(OWNER)) {
            assertThat(trial.finding().component().orElseThrow().type()).isEqualTo("deb");
        }
    }

    @Test
    void silenceClearsWhereTheFeedAlsoListsWhatIsNotFixed() throws Exception {
        try (Trial trial = trial().says(
                        "debian-tracker",
                        Claim.of("CVE-1999-1001", "debian:12", "other").status(Status.UNFIXED))
                .has(REQUESTS, "python3-requests")
                .has(OWNER)) {
            assertThat(trial.findings()).isEmpty();
            assertThat(trial.about("CVE-2023-32681").orElseThrow().reason()).contains("do not name it");
        }
    }

    @Test
    void silenceOfAFeedWithOnlyFixesClearsNothing() throws Exception {
        try (Trial trial = trial().says(
                        "debian-tracker",
                        Claim.of("CVE-1999-1001", "debian:12", "other").fixedIn("2.0-1"))
                .has(REQUESTS, "python3-requests")
                .has(OWNER)) {
            assertThat(trial.finding().component().orElseThrow().type()).isEqualTo("pypi");
        }
    }

    @Test
    void theSameLibraryThatNobodyOwnsIsReported() throws Exception {
        // Trap 30: what does not come from the distribution is not its to judge.
        try (Trial trial = trial().says(
                        "debian-tracker",
                        Claim.of("CVE-2023-32681", "debian:12", "requests").fixedIn("2.28.1+dfsg-1"))
                .has(REQUESTS)
                .has(OWNER)) {
            assertThat(trial.findings()).hasSize(1);
        }
    }

    @Test
    void aVendorsFalsePositiveClearsTheLanguagePackage() throws Exception {
        // Trap 27.
        try (Trial trial = Trial.in(folder)
                .on("wolfi", "20230201")
                .says("ghsa", Claim.of("CVE-2024-1020", "npm", "ip").status(Status.UNFIXED))
                .says(
                        "wolfi-advisories",
                        Claim.of("CVE-2024-1020", "wolfi", "npm").status(Status.NOT_AFFECTED))
                .has(a(PackageType.NPM, "ip", "2.0.0"), "npm")
                .has(a(PackageType.APK, "npm", "10.2.4-r0").withSource("npm", "10.2.4-r0"))) {
            assertThat(trial.findings()).isEmpty();
        }
    }

    @Test
    void anOwnerOfAnUnknownDistributionDecidesNothing() throws Exception {
        try (Trial trial = Trial.in(folder)
                .says("ghsa", Claim.of("CVE-2024-1021", "pypi", "requests").fixedIn("2.31.0"))
                .has(REQUESTS, "python3-requests")
                .has(OWNER)) {
            assertThat(trial.findings()).hasSize(1);
        }
    }
}
