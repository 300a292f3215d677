package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemeTest {

    @ParameterizedTest
    @CsvSource({
        "PyPI, PYPI",
        "crates.io, CARGO",
        "Packagist, COMPOSER",
        "RubyGems, GEM",
        "Go, GOLANG",
        "golang, GOLANG",
        "Maven, MAVEN",
        "NuGet, NUGET",
        "npm, NPM",
        "Hex, HEX",
        "Pub, PUB",
        "Hackage, HACKAGE",
        "CRAN, CRAN",
        "Bioconductor, CRAN",
        "SwiftURL, SWIFT",
        "ConanCenter, CONAN",
        "Julia, JULIA",
        "Debian:12, DEB",
        "Ubuntu:22.04:LTS, DEB",
        "Ubuntu:Pro:18.04:LTS, DEB",
        "Alpine:v3.20, APK",
        "Wolfi, APK",
        "Chainguard, APK",
        "MinimOS, APK",
        "AlmaLinux:9, RPM",
        "Rocky Linux:8, RPM",
        "Red Hat:enterprise_linux:9::baseos, RPM",
        "SUSE:Linux Enterprise Server 15 SP5, RPM",
        "openSUSE:Leap 15.5, RPM",
        "Mageia:9, RPM",
        "openEuler:24.03-LTS, RPM",
        "Photon OS:5.0, RPM",
        "Azure Linux:3, RPM",
        "GitHub Actions, SEMVER",
        "Bitnami, SEMVER",
        "alpm, PACMAN",
        "ebuild, PORTAGE",
        "generic, GENERIC",
    })
    void isFoundByWhatPackageUrlsAndAdvisoriesCallIt(String word, Scheme scheme) {
        assertThat(Scheme.ofWord(word)).contains(scheme);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsOwnWord(Scheme scheme) {
        assertThat(Scheme.ofWord(scheme.word())).contains(scheme);
    }

    @Test
    void isNotFoundByAnyOther() {
        assertThat(Scheme.ofWord("")).isEmpty();
        assertThat(Scheme.ofWord("Linux")).isEmpty();
        assertThat(Scheme.ofWord("GIT")).isEmpty();
    }
}
