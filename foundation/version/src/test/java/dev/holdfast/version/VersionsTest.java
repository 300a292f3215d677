package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts about single pairs and ranges, each from the ecosystem's own documentation or tool. */
class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "DEB, 1:0.9, >, 2.0",
        "DEB, 1.0~rc1, <, 1.0",
        "DEB, 1.0, =, 0:1.0-0",
        "DEB, 1.0-1~bpo12+1, <, 1.0-1",
        "DEB, 1.2.3-1+b1, >, 1.2.3-1",
        "DEB, 1.0-1ubuntu0.1+esm2, >, 1.0-1ubuntu0.1",
        "DEB, 1.0a, <, 1.0+",
        "RPM, 0:1.0-1.el8, =, 1.0-1.el8",
        "RPM, 1:1.0-1, >, 2.0-1",
        "RPM, 1.0~rc1-1, <, 1.0-1",
        "RPM, 1.0^git1-1, >, 1.0-1",
        "RPM, 1.0^git1-1, <, 1.0.1-1",
        "RPM, 4.18.0-372.9.1.el8_6, <, 4.18.0-372.13.1.el8_6",
        "RPM, 1.0-1, >, 1.0",
        "APK, 1.2.3-r0, <, 1.2.3-r1",
        "APK, 1.2.3-r9, <, 1.2.3-r10",
        "APK, 1.2.3_rc1-r0, <, 1.2.3-r0",
        "APK, 1.2.3_p1-r0, >, 1.2.3-r5",
        "APK, 1.2.3_git20240101-r0, >, 1.2.3-r0",
        "APK, 8.2.0015, <, 8.2.002",
        "APK, 1.0, <, 1.0.0",
        "APK, 1-r1x, <, 1-r1",
        "APK, 1-r1x, >, 1-r0",
        "APK, 1-r-2, <, 1",
        "APK, 1.0~ab, <, 1.0~ac",
        "MAVEN, 1.0, =, 1.0.0",
        "MAVEN, 1.0-SNAPSHOT, <, 1.0",
        "MAVEN, 2.0-beta9, <, 2.0-rc1",
        "MAVEN, 1.0-sp1, >, 1.0.Final",
        "MAVEN, 31.1-jre, >, 31.1-android",
        "MAVEN, 4.1.9.Final, <, 4.1.10.Final",
        "NPM, 1.2.3, =, v1.2.3+build",
        "NPM, 1.2.3-rc.1, <, 1.2.3",
        "SEMVER, 1.0.0-alpha.beta, <, 1.0.0-beta",
        "PYPI, 1!0.1, >, 2024.1",
        "PYPI, 1.0.dev1, <, 1.0a1",
        "PYPI, 1.0a1.post1, >, 1.0a1",
        "PYPI, 1.0.post1, <, 1.0.1",
        "PYPI, 1.0, =, v1.0.0",
        "PYPI, 1.0-1, =, 1.0.post1",
        "PYPI, 1.0c1, =, 1.0rc1",
        "PYPI, 2.1.0+cu118, >, 2.1.0",
        "PYPI, 1.0+1, >, 1.0+abc",
        "PYPI, 2004-01-bulbasaur, <, 0.0.1.dev0",
        "GEM, 1.0.0.pre1, <, 1.0.0",
        "GEM, 1.0-java, <, 1.0",
        "GEM, 1.0.a.10, =, 1.0.a10",
        "GEM, 1.0, =, 1",
        "GEM, 1.a.0.b, <, 1.a",
        "NUGET, 1.0.0.1, >, 1.0.0",
        "NUGET, 1.0.0-RC, =, 1.0.0-rc",
        "NUGET, 1.0, =, 1.0.0.0",
        "COMPOSER, v1.2.3, =, 1.2.3",
        "COMPOSER, 1.0.0-RC1, >, 1.0.0-beta2",
        "COMPOSER, 1.0.0-p1, >, 1.0.0",
        "COMPOSER, 1.2.3.#.rc1, <, 1.2.3",
        "GOLANG, v0.0.0-20210101000000-abcdefabcdef, <, v0.0.1",
        "GOLANG, v1.2.4-0.20210101000000-abcdefabcdef, >, v1.2.3",
        "GOLANG, v2.0.0+incompatible, =, 2.0.0",
        "GOLANG, go1.22rc1, <, 1.22.0",
        "GOLANG, go1.22rc2, >, 1.22.0-rc.1",
        "GOLANG, go1.25.3-foo, =, 1.25.3",
        "CARGO, 1.0.0-alpha.1, <, 1.0.0",
        "PUB, 1.0.0+10, >, 1.0.0+9",
        "PUB, 1.0.0+1, >, 1.0.0",
        "HACKAGE, 1.0, <, 1.0.0",
        "CRAN, 1.0-1, =, 1.0.1",
        "HEX, 1.0.0-rc.0, <, 1.0.0",
        "SWIFT, v5.0, =, 5.0.0",
        "PORTAGE, 1.0_p0, >, 1.0",
        "PORTAGE, 1.0_alpha2, <, 1.0_beta1",
        "PORTAGE, 1.0-r0, =, 1.0",
        "PORTAGE, 1.010, =, 1.01",
        "PORTAGE, 1.01, <, 1.1",
        "PORTAGE, 1.0b, >, 1.0",
        "PORTAGE, 1.0b, <, 1.0.1",
        "PORTAGE, 1_p1_alpha1, <, 1_p1",
        "PACMAN, 1.0a, <, 1.0",
        "PACMAN, 1.0.a, >, 1.0",
        "PACMAN, 1.5.b, <, 1.5.1",
        "PACMAN, 1:1.0-1, >, 2.0-1",
        "PACMAN, 1.5-1, <, 1.5-2",
        "PACMAN, 1.0alpha, <, 1.0beta",
        "PACMAN, 1.0rc, <, 1.0",
        "CONAN, 1.1.1k, >, 1.1.1",
        "CONAN, 1.1.1k, <, 1.1.2",
        "CONAN, 1.0.0, =, 1",
        "CONAN, 1.0-pre, <, 1.0",
        "CONAN, 1.0+1, >, 1.0",
        "JULIA, 1.0.0-rc1, <, 1.0.0",
        "JULIA, 1.0.0+1, >, 1.0.0",
        "GENERIC, 1.10, >, 1.9",
        "GENERIC, 1.0-rc1, <, 1.0",
    })
    void compares(Scheme scheme, String first, String symbol, String second) {
        assertThat(Vectors.compare(scheme, first, second)).isEqualTo(symbol);
    }

    @ParameterizedTest
    @CsvSource({
        "DEB, a:1.0",
        "DEB, 1:",
        "DEB, 1.0-",
        "DEB, 99999999999:1",
        "DEB, '1 0'",
        "RPM, '1 0'",
        "NPM, 1.2",
        "NPM, 1.2.3.4",
        "NPM, 9007199254740992.0.0",
        "SEMVER, hello",
        "PYPI, '1.0 beta'",
        "GEM, 1..2",
        "GEM, a.1",
        "GEM, 1.0_1",
        "NUGET, 1.2.3.4.5",
        "NUGET, 1.0.0-",
        "GOLANG, (devel)",
        "GOLANG, v01.2.3",
        "CARGO, 1.0",
        "CARGO, 01.0.0",
        "CARGO, 1.0.0-01",
        "CARGO, v1.0.0",
        "HEX, 1.0",
        "HACKAGE, 1.0-1",
        "CRAN, 1.a",
        "PORTAGE, 1.0_foo",
        "PORTAGE, 1.0-rc1",
        "APK, -r1",
    })
    void tellsWhatIsNotAllowed(Scheme scheme, String version) {
        assertThat(Versions.compare(scheme, "1.0.0", version))
                .isEqualTo(new Versions.Comparison.NotAllowed(
                        version,
                        '"' + version + "\" is not a " + scheme.word() + " version: expected " + scheme.rule()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "NPM; ^1.2.3; 1.9.0; yes",
                "NPM; ^0.2.3; 0.3.0; no",
                "NPM; ^1.2.3-beta.2; 1.2.3-beta.4; yes",
                "NPM; ^1.2.3-beta.2; 1.2.4-beta.4; no",
                "NPM; >=1.0.0 <2.0.0 || 3.x; 3.1.4; yes",
                "NPM; >=1.0.0; 2.0.0-rc.1; no",
                "NPM; *; 1.0.0-rc.1; no",
                "NPM; 1.2 - 2; 2.9.9; yes",
                "MAVEN; [1.0,2.0); 2.0; no",
                "MAVEN; [1.0,2.0); 2.0-rc1; yes",
                "MAVEN; (,1.0],[1.2,); 1.1; no",
                "MAVEN; (,1.0],[1.2,); 1.3; yes",
                "MAVEN; [1.5]; 1.5.0; yes",
                "MAVEN; 1.0; 7.0; yes",
                "MAVEN; '>= 1.0, < 2.0'; 1.5; yes",
                "NUGET; 1.0; 3.0.0; yes",
                "NUGET; (1.0,2.0]; 1.0.0.0; no",
                "NUGET; [1.0]; 1.0.0; yes",
                "NUGET; 1.*; 2.0.0; no",
                "NUGET; 1.2.*; 1.2.9; yes",
                "PYPI; '~=1.4.2'; 1.5; no",
                "PYPI; '~=1.4.2'; 1.4.9; yes",
                "PYPI; ==1.1.*; 1.1a1; yes",
                "PYPI; ==1.1; 1.1+local; yes",
                "PYPI; '>1.7'; 1.7.0.post1; no",
                "PYPI; '>1.7'; 1.7.1; yes",
                "PYPI; '<1.7'; 1.7rc1; no",
                "PYPI; '>=1.0,!=1.5.*'; 1.5.3; no",
                "PYPI; '<=1.0'; 1.0+deb1; yes",
                "GEM; ~> 2.2.0; 2.2.9; yes",
                "GEM; ~> 2.2.0; 2.3.0.rc1; no",
                "GEM; ~> 2.2; 2.9; yes",
                "GEM; ~> 2; 3.0.a; no",
                "GEM; '>= 1.2, != 1.5'; 1.5.0; no",
                "GEM; ~> 1.0.0.rc1; 1.0.5; yes",
                "COMPOSER; ^1.2; 1.9.9; yes",
                "COMPOSER; ^1.2; 2.0.0-beta1; no",
                "COMPOSER; ^1.2; 1.2.0-alpha1; yes",
                "COMPOSER; ^0.3; 0.4.0; no",
                "COMPOSER; ~1.2.3; 1.3.0; no",
                "COMPOSER; ~1.2; 1.9; yes",
                "COMPOSER; 1.0.*; 1.0; yes",
                "COMPOSER; 1.0.*; 1.1.0-dev; no",
                "COMPOSER; '>=1.0.0'; 1.0; yes",
                "COMPOSER; <=1.0; 1.0.0.0; yes",
                "COMPOSER; '>1.0.0'; 1.0; no",
                "COMPOSER; '>=1.0.0-beta2'; 1.0-beta3; yes",
                "COMPOSER; '>=1.0.0-beta2'; 1.0.0.0-alpha1; no",
                "COMPOSER; 1.0 - 2.0; 2.0.9; yes",
                "COMPOSER; 1.0.0 - 2.1.0; 2.1.1; no",
                "COMPOSER; 1.2.3; 1.2.3.0; yes",
                "COMPOSER; '>=1.0,<1.1 || >=1.2'; 1.2; yes",
                "COMPOSER; >=1.0 <1.1 | 3.*; 3.5; yes",
                "COMPOSER; dev-main; dev-main; yes",
                "CARGO; 1.2; 1.9.0; yes",
                "CARGO; 1.2; 2.0.0; no",
                "CARGO; =1.2; 1.2.7; yes",
                "CARGO; 0.0.3; 0.0.4; no",
                "CARGO; ~1.2.3; 1.3.0; no",
                "CARGO; 1.*; 1.5.0; yes",
                "CARGO; '>=1.2.0-rc.1, <2'; 1.2.0-rc.2; yes",
                "CARGO; '>=1.2, <2'; 1.3.0-rc.2; no",
                "HEX; ~> 2.0; 2.9.0; yes",
                "HEX; ~> 2.0.1; 2.1.0; no",
                "HEX; >= 1.0.0 and < 1.1.0 or == 3.0.0; 3.0.0; yes",
                "PUB; ^1.2.3; 1.9.0; yes",
                "PUB; ^0.1.2; 0.2.0; no",
                "PUB; ^0.0.3; 0.0.9; yes",
                "PUB; '>=1.0.0 <2.0.0'; 2.0.0-dev; no",
                "PUB; '>=2.0.0-dev.1 <2.0.0'; 2.0.0-dev.5; yes",
                "PUB; any; 0.0.1; yes",
                "HACKAGE; '>=1.2 && <2 || ==3.*'; 3.4; yes",
                "HACKAGE; ^>=1.2.3; 1.3; no",
                "DEB; '>= 1.0-1, << 1.0-5'; 1.0-4; yes",
                "DEB; '<1.2~rc1 || 2:1.0'; 2:1.0; yes",
                "RPM; <1.0-5.el8; 1.0-4.el8; yes",
                "RPM; <=1.0; 1.0-5.el8; yes",
                "RPM; =1.0; 1.0-5.el8; yes",
                "RPM; >1.0; 1.0-5.el8; no",
                "RPM; >=1.0; 1.0-5.el8; yes",
                "RPM; <1.0; 1.0~rc1-1; yes",
                "PACMAN; '>1.5'; 1.5-2; no",
                "GOLANG; '>=v1.2.0 <1.3.0'; v1.2.9; yes",
                "GENERIC; !=1.0; 1.0; no",
                "GENERIC; *; 1.0; yes",
            })
    void findsVersionsInRanges(Scheme scheme, String range, String version, String answer) throws InputException {
        assertThat(Versions.contains(scheme, range, version)).isEqualTo(answer.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DEB; >=; version range \">=\" of deb: \"\" is not a deb version: expected [epoch:]upstream[-revision] without spaces, the epoch a number",
                "DEB; '1.0,'; version range \"1.0,\" of deb: a version is missing after the last comma",
                "DEB; '=!1'; version range \"=!1\" of deb: unknown operator \"=!\"",
                "MAVEN; [1.0; version range \"[1.0\" of maven: an interval is not closed with ] or )",
                "MAVEN; [2.0,1.0]; version range \"[2.0,1.0]\" of maven: no version can be in \"[2.0,1.0]\"",
                "PYPI; ~=1; version range \"~=1\" of pypi: ~= needs at least two numbers, such as ~=1.0",
                "CARGO; ' '; version range \" \" of cargo: a version is missing",
            })
    void tellsWhatIsWrongWithARange(Scheme scheme, String range, String message) {
        assertThatThrownBy(() -> VersionRange.parse(scheme, range))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    @Test
    void tellsThatTheVersionAskedForIsNotAllowed() {
        assertThatThrownBy(() -> Versions.contains(Scheme.CARGO, "^1", "one"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("\"one\" is not a cargo version: expected ");
    }
}
