package dev.holdfast.advisory.feed.osv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OsvEcosystemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PyPI                                               | pypi                  | ''
                    npm                                                | npm                   | ''
                    Go                                                 | golang                | ''
                    crates.io                                          | cargo                 | ''
                    RubyGems                                           | gem                   | ''
                    Packagist                                          | composer              | ''
                    Maven                                              | maven                 | ''
                    Maven:https://repo1.maven.org/maven2               | maven                 | ''
                    SwiftURL                                           | swift                 | ''
                    Bitnami                                            | bitnami               | ''
                    Debian:12                                          | debian:12             | ''
                    Debian:sid                                         | debian:sid            | ''
                    Ubuntu:22.04:LTS                                   | ubuntu:22.04          | ''
                    Ubuntu:25.10                                       | ubuntu:25.10          | ''
                    Ubuntu:Pro:16.04:LTS                               | ubuntu:16.04          | esm
                    Ubuntu:Pro:FIPS-updates:20.04:LTS                  | ubuntu:20.04          | fips-updates
                    Alpine:v3.20                                       | alpine:3.20           | ''
                    Alpine:edge                                        | alpine:edge           | ''
                    Wolfi                                              | wolfi                 | ''
                    Chainguard                                         | chainguard            | ''
                    AlmaLinux:9                                        | almalinux:9           | ''
                    Rocky Linux:9                                      | rocky:9               | ''
                    Photon OS:3.0                                      | photon:3.0            | ''
                    Azure Linux:3                                      | azurelinux:3.0        | ''
                    Mageia:9                                           | mageia:9              | ''
                    openEuler:24.03-LTS-SP1                            | openeuler:24.03       | LTS-SP1
                    Red Hat:enterprise_linux:9::appstream              | rhel:9                | ''
                    Red Hat:rhel_eus:9.2::baseos                       | rhel:9.2              | eus
                    Red Hat:openshift:4.12::el9                        | rhel:9                | openshift:4.12
                    SUSE:Linux Enterprise Server 15 SP3                | sles:15.3             | ''
                    SUSE:Linux Enterprise Server 15 SP3-LTSS           | sles:15.3             | ltss
                    SUSE:Linux Enterprise Server 12                    | sles:12               | ''
                    SUSE:Linux Enterprise Module for Basesystem 15 SP4 | sles:15.4             | ''
                    SUSE:Linux Enterprise Micro 5.2                    | sle-micro:5.2         | ''
                    openSUSE:Leap 15.1                                 | opensuse-leap:15.1    | ''
                    openSUSE:Tumbleweed                                | opensuse-tumbleweed   | ''
                    """)
    void namesEcosystemsAsFactsDo(String ecosystem, String namespace, String repository) {
        OsvEcosystem found = OsvEcosystem.of(ecosystem).orElseThrow();
        assertThat(found.namespace()).isEqualTo(namespace);
        assertThat(found.repository()).isEqualTo(repository);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "Linux",
                "Android",
                "Debian",
                "Ubuntu",
                "Ubuntu:",
                "Ubuntu:jammy",
                "Alpine",
                "AlmaLinux",
                "AlmaLinux:nine",
                "Red Hat:",
                "Red Hat:openshift:4.12::",
                "SUSE:Something 1",
                "openSUSE:",
                "No Such Thing:1",
            })
    void doesNotGuessWhatItCannotTellApart(String ecosystem) {
        assertThat(OsvEcosystem.of(ecosystem)).isEmpty();
    }
}
