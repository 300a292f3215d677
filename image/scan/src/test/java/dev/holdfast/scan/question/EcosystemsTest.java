package dev.holdfast.scan.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gap.Code;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.judge.Claim;
import dev.holdfast.scan.judge.Trial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of package that some feed speaks of is asked for under the feed's name and in its order. */
class EcosystemsTest {
    @TempDir
    Path folder;

    /** A package, what the feed calls it, the version that fixed it, and one after that. */
    @ParameterizedTest
    @CsvSource({
        "CARGO, time, 0.1.42, cargo, time, 0.2.23, 0.3.0",
        "GEM, activesupport, 5.2.4.rc1, gem, activesupport, 5.2.4, 5.2.4.1",
        "COMPOSER, Guzzlehttp/psr7, v1.8.3, composer, guzzlehttp/psr7, 1.8.4, v1.8.10",
        "NUGET, Newtonsoft.Json, 12.0.3, nuget, newtonsoft.json, 13.0.1, 13.0.1.0",
        "PUB, http, 0.13.2, pub, http, 0.13.3, 0.13.3",
        "HEX, plug, 1.3.1, hex, plug, 1.3.2, 1.10.0",
        "SWIFT, github.com/apple/swift-nio, 2.9.0, swift, github.com/apple/swift-nio, 2.10.0, 2.11.0",
        "HACKAGE, aeson, 1.5.6.0, hackage, aeson, 2.0.1.0, 2.0.1.0",
        "CRAN, jsonlite, 1.7-2, cran, jsonlite, 1.7.3, 1.8",
        "CONAN, openssl, 1.1.1k, conan, openssl, 1.1.1l, 3.0.0",
        "JULIA, HTTP, 1.9.0, julia, HTTP, 1.10.0, 1.10.1",
        "GITHUB, Tj-Actions/changed-files, v45.0.7, githubactions, tj-actions/changed-files, 46.0.1, v46.0.1",
        "GITHUB, github/codeql-action/init, v2.1.0, githubactions, github/codeql-action, 3.0.0, v3",
    })
    void isMatchedUnderItsFeedsName(
            PackageType type,
            String name,
            String version,
            String namespace,
            String packageName,
            String fixed,
            String later)
            throws Exception {
        try (Trial trial = Trial.in(folder)) {
            trial.says("feed", Claim.of("CVE-2025-1", namespace, packageName).fixedIn(fixed));
            trial.has(Trial.a(type, name, version)).has(Trial.a(type, name, later));
            assertThat(trial.findings()).singleElement().satisfies(found -> {
                assertThat(found.id()).isEqualTo("CVE-2025-1");
                assertThat(found.title()).contains(version);
            });
            assertThat(trial.gaps(Trial.DAY)).isEmpty();
        }
    }

    @Test
    void programWithoutAPackageIsMatchedAsTheProductThatItIs() throws Exception {
        try (Trial trial = Trial.in(folder)) {
            trial.says("feed", Claim.of("CVE-2025-1", "cpe", "openssl:openssl").fixedIn("3.0.7"));
            trial.has(Trial.a(PackageType.GENERIC, "openssl", "3.0.5").withDetail(Detail.PRODUCT, "openssl:openssl"));
            assertThat(trial.findings()).extracting(Finding::id).containsExactly("CVE-2025-1");
        }
    }

    @Test
    void kindOfWhichNoSourceSpeaksIsAGap() throws Exception {
        try (Trial trial = Trial.in(folder)) {
            trial.says("feed", Claim.of("CVE-2025-1", "npm", "a").fixedIn("1.0.1"));
            trial.has(Trial.a(PackageType.CONDA, "openssl", "3.0.8"));
            assertThat(trial.gaps(Trial.DAY))
                    .extracting(Gap::code, Gap::subject)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.UNSUPPORTED, "conda"));
        }
    }
}
