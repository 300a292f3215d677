package dev.holdfast.scan.judge;

import static dev.holdfast.scan.judge.Trial.a;
import static dev.holdfast.scan.judge.Trial.deb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.PackageType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose severity counts, and what else is known of a flaw. Trap 51. */
final class SeverityChoiceTest {
    /** Base score 9.8. */
    private static final String NVD = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    /** Base score 5.3. */
    private static final String OTHER = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L";

    @TempDir
    Path folder;

    private Trial trial(String word, Rating... ratings) throws Exception {
        return Trial.in(folder)
                .on("debian", "12")
                .says("nvd", to -> to.accept(Claim.rated("CVE-2024-1001", ratings)))
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-1001", "debian:12", "curl")
                                .fixedIn("9-1")
                                .rated(word))
                .has(deb("curl", "7-1", "curl", "7-1"));
    }

    @ParameterizedTest
    @CsvSource({"unimportant, NEGLIGIBLE", "low, LOW", "Moderate, MEDIUM", "important, HIGH", "critical, CRITICAL"})
    void theDistributionsOwnWordComesFirst(String word, Severity expected) throws Exception {
        try (Trial trial = trial(word, new Rating("nvd", NVD, "critical"))) {
            Finding finding = trial.finding();
            assertThat(finding.severity()).isEqualTo(expected);
            assertThat(finding.severityFrom()).isEqualTo("debian-tracker");
            assertThat(finding.score()).contains(9.8);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "not yet assigned", "unknown"})
    void aWordThatSaysNothingDoesNotCount(String word) throws Exception {
        try (Trial trial = trial(word, new Rating("nvd", NVD, ""))) {
            assertThat(trial.finding().severity()).isEqualTo(Severity.CRITICAL);
            assertThat(trial.finding().severityFrom()).isEqualTo("nvd CVSS 3.1");
        }
    }

    @Test
    void theEcosystemsVectorComesBeforeNvds() throws Exception {
        try (Trial trial = trial("", new Rating("nvd", NVD, ""), new Rating("ghsa", OTHER, ""))) {
            assertThat(trial.finding().severity()).isEqualTo(Severity.MEDIUM);
            assertThat(trial.finding().severityFrom()).isEqualTo("ghsa CVSS 3.1");
        }
    }

    @Test
    void aWordCountsWhereNobodyGaveAVector() throws Exception {
        try (Trial trial = trial("", new Rating("ghsa", "", "high"))) {
            assertThat(trial.finding().severity()).isEqualTo(Severity.HIGH);
            assertThat(trial.finding().score()).isEmpty();
        }
    }

    @Test
    void whatNobodyGradedIsUnknownAndNotHarmless() throws Exception {
        try (Trial trial = trial("")) {
            assertThat(trial.finding().severity()).isEqualTo(Severity.UNKNOWN);
            assertThat(trial.finding().severityFrom()).isEmpty();
        }
    }

    @Test
    void aBrokenVectorDoesNotCount() throws Exception {
        try (Trial trial = trial("", new Rating("ghsa", "CVSS:3.1/AV:X", ""), new Rating("nvd", OTHER, ""))) {
            assertThat(trial.finding().severityFrom()).isEqualTo("nvd CVSS 3.1");
        }
    }

    @Test
    void tellsExploitationAndItsProbabilityUnderTheCve() throws Exception {
        try (Trial trial = Trial.in(folder)
                .says("ghsa", to -> {
                    to.accept(Claim.flaw("GHSA-jfh8-c2jp-5v3q", "CVE-2021-44228"));
                    to.accept(Claim.of("GHSA-jfh8-c2jp-5v3q", "maven", "org.apache.logging.log4j:log4j-core")
                            .from("2.13.0")
                            .to("2.15.0")
                            .statement());
                })
                .says("kev", to -> to.accept(new Exploited("CVE-2021-44228", "2021-12-10", true)))
                .says("epss", to -> to.accept(new ExploitScore("CVE-2021-44228", 0.94358, 0.99957)))
                .has(a(PackageType.MAVEN, "org.apache.logging.log4j:log4j-core", "2.14.1"))) {
            Finding finding = trial.finding();
            assertThat(finding.id()).isEqualTo("CVE-2021-44228");
            assertThat(finding.exploitedSince()).contains("2021-12-10");
            assertThat(finding.epss()).contains(0.94358);
        }
    }

    @Test
    void theWorstAndThenTheExploitedComeFirst() throws Exception {
        try (Trial trial = Trial.in(folder)
                .says("kev", to -> to.accept(new Exploited("CVE-2024-1003", "2024-01-01", false)))
                .says(
                        "ghsa",
                        Claim.of("CVE-2024-1001", "npm", "thing")
                                .fixedIn("2.0.0")
                                .rated("high"),
                        Claim.of("CVE-2024-1002", "npm", "thing")
                                .fixedIn("2.0.0")
                                .rated("critical"),
                        Claim.of("CVE-2024-1003", "npm", "thing")
                                .fixedIn("2.0.0")
                                .rated("high"))
                .has(a(PackageType.NPM, "thing", "1.0.0"))) {
            assertThat(trial.findings())
                    .extracting(Finding::id)
                    .containsExactly("CVE-2024-1002", "CVE-2024-1003", "CVE-2024-1001");
        }
    }
}
