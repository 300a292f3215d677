package dev.holdfast.scan.question;

import static dev.holdfast.scan.judge.Trial.DAY;
import static dev.holdfast.scan.judge.Trial.a;
import static dev.holdfast.scan.judge.Trial.deb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gap.Code;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Claim;
import dev.holdfast.scan.judge.Trial;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What could not be told, and as of which day. */
final class CoverageTest {
    @TempDir
    Path folder;

    private Trial debian(String release) throws Exception {
        return Trial.in(folder)
                .on("debian", release)
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-1001", "debian:12", "curl").fixedIn("9-1"))
                .has(deb("curl", "7-1", "curl", "7-1"));
    }

    @Test
    void namesNoGapWhereEverythingWasAsked() throws Exception {
        try (Trial trial = debian("12")) {
            assertThat(trial.gaps(DAY)).isEmpty();
        }
    }

    @Test
    void reportsADistributionThatNobodySpeaksOf() throws Exception {
        try (Trial trial = debian("7")) {
            assertThat(trial.gaps(DAY)).extracting(Gap::code).containsExactly(Code.NO_ADVISORIES);
        }
    }

    @Test
    void reportsPackagesWithoutADistribution() throws Exception {
        // Trap 33: unknown is reported as unknown, never as zero.
        try (Trial trial = Trial.in(folder)
                .says(
                        "debian-tracker",
                        Claim.of("CVE-2024-1001", "debian:12", "curl").fixedIn("9-1"))
                .has(deb("curl", "7-1", "curl", "7-1"))) {
            assertThat(trial.gaps(DAY)).extracting(Gap::code).containsExactly(Code.UNKNOWN_DISTRIBUTION);
            assertThat(trial.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"beos, 5", "debian, ''", "sles, ''"})
    void reportsADistributionThatCannotBePlaced(String id, String version) throws Exception {
        try (Trial trial = Trial.in(folder).on(id, version).has(deb("curl", "7-1", "curl", "7-1"))) {
            assertThat(trial.gaps(DAY)).extracting(Gap::code).containsExactly(Code.NO_ADVISORIES);
        }
    }

    @Test
    void saysNothingOfADistributionWithoutPackages() throws Exception {
        try (Trial trial = Trial.in(folder)
                .on("beos", "5")
                .says("feed", Claim.of("CVE-2025-1", "npm", "other").fixedIn("1.0.0"))
                .has(a(PackageType.NPM, "thing", "1.0.0"))) {
            assertThat(trial.gaps(DAY)).isEmpty();
        }
    }

    @Test
    void countsNothingAsUnmatchedWhereEverythingWasAsked() throws Exception {
        try (Trial trial = debian("12")) {
            assertThat(trial.unmatched()).isEmpty();
        }
    }

    @Test
    void countsEachPackageThatWasNotMatchedOnceForItsFirstReason() throws Exception {
        try (Trial trial = debian("7")
                .says("feed", Claim.of("CVE-2025-1", "npm", "other").fixedIn("1.0.0"))
                .has(deb("zlib", "", "zlib", "")) // has no version either, which nobody would have asked for
                .has(a(PackageType.NPM, "matched", "1.0.0"))
                .has(a(PackageType.NPM, "nameless", ""))
                .has(a(PackageType.NPM, "odd", "one"))
                .has(a(PackageType.LUAROCKS, "rock", "1.0-1"))
                .has(a(PackageType.LUAROCKS, "stone", ""))
                .has(a(PackageType.LUAROCKS, "gone", "1.0-1"), "", Component.State.REMOVED)) {
            assertThat(trial.unmatched())
                    .containsExactlyInAnyOrder(
                            new Unmatched(Code.NO_ADVISORIES, "debian 7", 2),
                            new Unmatched(Code.UNSUPPORTED, "luarocks", 2),
                            new Unmatched(Code.UNKNOWN_VERSION, "npm", 1),
                            new Unmatched(Code.UNCOMPARABLE_VERSION, "npm", 1));
        }
    }

    @Test
    void countsPackagesOfNoDistributionAsUnmatched() throws Exception {
        try (Trial trial = Trial.in(folder).has(deb("curl", "7-1", "curl", "7-1"))) {
            assertThat(trial.unmatched()).containsExactly(new Unmatched(Code.UNKNOWN_DISTRIBUTION, "", 1));
        }
    }

    @Test
    void countsTheAgeOfConsultedSourcesOnly() throws Exception {
        try (Trial trial = debian("12")
                .says("ghsa", Claim.of("CVE-2024-1002", "npm", "thing").fixedIn("2.0.0"))) {
            LocalDate later = LocalDate.of(2027, 2, 1);
            assertThat(trial.gaps(later))
                    .extracting(Gap::code, Gap::subject)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.STALE_SOURCE, "debian-tracker"));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-06-10, SUPPORTED", "2026-06-11, ENDED", "2027-01-01, ENDED"})
    void supportEndsAsOfTheDayAsked(LocalDate day, Support.State state) throws Exception {
        // Trap 53: the day is given, never read from the clock.
        try (Trial trial = Trial.in(folder)
                .on("ubuntu", "20.04")
                .says(
                        "distro-info",
                        to -> to.accept(
                                new Lifecycle("ubuntu", "20.04", "focal", "2020-04-23", "2026-06-10", "2030-04-23")))) {
            assertThat(trial.support(day).orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void debiansLongTermSupportIsFreeAndCounts() throws Exception {
        try (Trial trial = debian("12")
                .says(
                        "distro-info",
                        to -> to.accept(
                                new Lifecycle("debian", "12", "bookworm", "2023-06-10", "2026-06-10", "2028-06-30")))) {
            assertThat(trial.support(DAY).orElseThrow().state()).isEqualTo(Support.State.SUPPORTED);
            assertThat(trial.support(DAY).orElseThrow().endOfSupport()).contains("2028-06-30");
        }
    }

    @Test
    void warnsOfAnEndedDistribution() throws Exception {
        try (Trial trial = debian("12")
                .says(
                        "distro-info",
                        to -> to.accept(new Lifecycle("debian", "12", "bookworm", "2023-06-10", "2026-06-10", "")))) {
            assertThat(trial.gaps(DAY)).extracting(Gap::code).containsExactly(Code.END_OF_LIFE);
        }
    }

    @Test
    void reportsVersionsThatTheEcosystemDoesNotAllow() throws Exception {
        try (Trial trial = Trial.in(folder)
                .says(
                        "feed",
                        Claim.of("CVE-2025-1", "npm", "other").fixedIn("1.0.0"),
                        Claim.of("CVE-2025-1", "golang", "example.org/other").fixedIn("1.0.0"))
                .has(a(PackageType.NPM, "thing", "not a version"))
                .has(a(PackageType.GOLANG, "example.org/tool", "(devel)"))) {
            assertThat(trial.gaps(DAY))
                    .extracting(Gap::code)
                    .containsExactly(Code.UNCOMPARABLE_VERSION, Code.UNKNOWN_VERSION);
        }
    }
}
