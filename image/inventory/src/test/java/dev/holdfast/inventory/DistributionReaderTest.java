package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionReaderTest {
    @Test
    void readsEveryOsReleaseOfTheCorpusAsAShellDoes() throws Exception {
        List<String> read = new ArrayList<>();
        List<String> facts = facts();
        for (String fact : facts) {
            String file = fact.substring(0, fact.indexOf('|'));
            Distribution distribution = OsRelease.parse(Corpus.bytes("os-release/" + file))
                    .distribution("/etc/os-release")
                    .orElseThrow();
            read.add(String.join(
                    "|",
                    file,
                    distribution.id(),
                    distribution.version(),
                    distribution.codename().orElse(""),
                    String.join(" ", distribution.like())));
        }
        assertThat(read).hasSize(170).isEqualTo(facts);
    }

    @Test
    void readsQuotesEscapesAndCommentsAsAShellDoes() {
        OsRelease values = OsRelease.parse("""
                # comment
                ID="\\"d\\$e\\\\b\\`\\n"
                 NAME='single \\'
                A=plain\\ text
                B="two"'parts'
                EMPTY=
                ID_LIKE="one  two"
                A=last counts
                """.getBytes(UTF_8));

        assertThat(values.value("ID")).isEqualTo("\"d$e\\b`\\n");
        assertThat(values.value("NAME")).isEqualTo("single \\");
        assertThat(values.value("B")).isEqualTo("twoparts");
        assertThat(values.value("EMPTY")).isEmpty();
        assertThat(values.value("A")).isEqualTo("last counts");
    }

    @Test
    void readsWhatIsLeftOfCorruptFile() throws Exception {
        Layers layers = new Layers().file("/etc/os-release", """
                PRETTY_NAME="Distroless
                NAME=Debian GNU/Linux
                ID="debian
                VERSION_ID="12
                \0\0garbage without assignment
                =nothing
                HOME_URL""");

        assertThat(read(layers)).hasValueSatisfying(each -> {
            assertThat(each.id()).isEqualTo("debian");
            assertThat(each.version()).isEqualTo("12");
            assertThat(each.name()).isEqualTo("Distroless");
        });
    }

    @Test
    void takesTestingDebianWithoutVersion() throws Exception {
        Layers layers = new Layers()
                .file(
                        "/etc/os-release",
                        "PRETTY_NAME=\"Debian GNU/Linux trixie/sid\"\nID=debian\nVERSION_CODENAME=trixie\n");

        assertThat(read(layers))
                .contains(new Distribution(
                        "debian",
                        "",
                        "Debian GNU/Linux trixie/sid",
                        Optional.of("trixie"),
                        List.of(),
                        "/etc/os-release"));
    }

    @Test
    void followsLinksAndPrefersEtc() throws Exception {
        Layers linked = new Layers()
                .link("/etc/os-release", "../usr/lib/os-release")
                .link("/usr/lib/os-release", "/usr/lib/os.release.d/container")
                .file("/usr/lib/os.release.d/container", "ID=fedora\nVERSION_ID=40\n");
        Layers both = new Layers().file("/etc/os-release", "ID=alpine\n").file("/usr/lib/os-release", "ID=debian\n");
        Layers dangling = new Layers().link("/etc/os-release", "../gone").file("/usr/lib/os-release", "ID=wolfi\n");

        assertThat(read(linked)).map(Distribution::id).contains("fedora");
        assertThat(read(both)).map(Distribution::id).contains("alpine");
        assertThat(read(dangling)).map(Distribution::id).contains("wolfi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/etc/centos-release   | CentOS release 6.10 (Final)                             | centos | 6.10",
                "/etc/centos-release   | CentOS Linux release 7.9.2009 (Core)                    | centos | 7.9.2009",
                "/etc/redhat-release   | Red Hat Enterprise Linux Server release 6.10 (Santiago) | rhel   | 6.10",
                "/etc/redhat-release   | Fedora release 20 (Heisenbug)                           | fedora | 20",
                "/etc/oracle-release   | Oracle Linux Server release 6.10                        | ol     | 6.10",
                "/etc/system-release   | Amazon Linux AMI release 2018.03                        | amzn   | 2018.03",
                "/etc/SuSE-release     | SUSE Linux Enterprise Server 11 (x86_64)                | sles   | 11",
                "/etc/photon-release   | VMware Photon Linux 1.0                                 | photon | 1.0",
                "/etc/alpine-release   | 3.10.2                                                  | alpine | 3.10.2",
                "/etc/debian_version   | 12.5                                                    | debian | 12",
                "/etc/debian_version   | bookworm/sid                                            | debian | ''"
            })
    void readsFilesOfTheTimeBeforeOsRelease(String path, String text, String id, String version) throws Exception {
        assertThat(read(new Layers().file(path, text + "\n"))).hasValueSatisfying(each -> {
            assertThat(each.id()).isEqualTo(id);
            assertThat(each.version()).isEqualTo(version);
            assertThat(each.path()).isEqualTo(path);
        });
    }

    @Test
    void readsPatchLevelOfOldSuse() throws Exception {
        Layers layers = new Layers()
                .file("/etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n");

        assertThat(read(layers)).map(Distribution::version).contains("11.4");
    }

    @Test
    void believesTheVendorsOwnFileBeforeTheCompatibleOne() throws Exception {
        Layers oracle = new Layers()
                .file("/etc/redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n")
                .file("/etc/oracle-release", "Oracle Linux Server release 6.10\n");
        Layers ubuntu = new Layers()
                .file("/etc/debian_version", "jessie/sid\n")
                .file("/etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_CODENAME=trusty\n");

        assertThat(read(oracle)).map(Distribution::id).contains("ol");
        assertThat(read(ubuntu))
                .map(each -> each.id() + each.version() + each.codename().orElse(""))
                .contains("ubuntu14.04trusty");
    }

    @Test
    void namesNoneWhereNoneIsNamed() throws Exception {
        assertThat(read(new Layers().file("/bin/busybox", "x"))).isEmpty();
        assertThat(read(new Layers().file("/etc/os-release", "NAME=nameless\nID=\n")))
                .isEmpty();
        assertThat(read(new Layers().file("/etc/os-release", "ID=\"\u001b[2J bad\"\n")))
                .isEmpty();
        assertThat(read(new Layers().file("/etc/redhat-release", "Something else 1.0\n")))
                .isEmpty();
    }

    @Test
    void namesFileTooLargeToBeOneAsGap() throws Exception {
        Gaps gaps = new Gaps();
        Layers layers =
                new Layers().file("/etc/os-release", "#".repeat(1 << 17)).file("/usr/lib/os-release", "ID=alpine\n");

        assertThat(new DistributionReader().read(layers, gaps))
                .map(Distribution::id)
                .contains("alpine");
        assertThat(gaps.list()).extracting(Gap::subject).containsExactly("/etc/os-release");
    }

    private static Optional<Distribution> read(Layers layers) throws Exception {
        Gaps gaps = new Gaps();
        Optional<Distribution> distribution = new DistributionReader().read(layers, gaps);
        assertThat(gaps.list()).isEmpty();
        return distribution;
    }

    private static List<String> facts() throws Exception {
        try (InputStream facts = DistributionReaderTest.class.getResourceAsStream("os-release-facts.txt")) {
            return new String(Objects.requireNonNull(facts).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }
}
