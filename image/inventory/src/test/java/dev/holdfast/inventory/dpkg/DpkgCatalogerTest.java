package dev.holdfast.inventory.dpkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpkgCatalogerTest {
    private static final FileHeader FILE = new FileHeader(FileType.REGULAR, 10, 0644);

    @Test
    void readsPackageWithSourceAndMaintainer() throws Exception {
        PackageRecord libc = status("""
                Package: libc6
                Status: install ok installed
                Priority: optional
                Maintainer: GNU Libc Maintainers <debian-glibc@lists.debian.org>
                Architecture: amd64
                Multi-Arch: same
                Source: glibc (2.36-9)
                Version: 2.36-9+b1
                Conffiles:
                 /etc/ld.so.conf.d/x86_64-linux-gnu.conf d4e7a7b88a71b5ffd9e2644e71a0cfab
                Description: GNU C Library
                 Contains the standard libraries.
                 .
                 Package: not-a-field
                """).named("libc6");

        assertThat(libc.version()).isEqualTo("2.36-9+b1");
        assertThat(libc.architecture()).contains("amd64");
        assertThat(libc.source()).contains(new Source("glibc", "2.36-9"));
        assertThat(libc.detail(Detail.VENDOR)).contains("GNU Libc Maintainers <debian-glibc@lists.debian.org>");
        assertThat(libc.line()).isEqualTo(1);
        assertThat(libc.evidence()).isEqualTo("dpkg status");
    }

    @ParameterizedTest
    @CsvSource({
        "install ok installed, true",
        "hold ok installed, true",
        "deinstall ok installed, true",
        "install reinstreq half-installed, true",
        "install ok half-configured, true",
        "install ok unpacked, true",
        "install ok triggers-awaited, true",
        "install ok triggers-pending, true",
        "deinstall ok config-files, false",
        "install ok config-files, false",
        "purge ok config-files, false",
        "purge ok not-installed, false",
        "unknown ok not-installed, false"
    })
    void countsPackageByItsStateNotByWhatIsWantedOfIt(String status, boolean there) throws Exception {
        Cataloged cataloged = status("Package: wget\nStatus: " + status + "\nVersion: 1.21\n");

        assertThat(cataloged.packages()).hasSize(there ? 1 : 0);
        assertThat(cataloged.gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "glibc                | glibc   | 1:2.0-1+b2",
                "glibc (1:1.0-1)      | glibc   | 1:1.0-1",
                "glibc (2.0-1)        | glibc   | 2.0-1",
                "glibc(2.0-1)         | glibc   | 2.0-1",
                "glibc ()             | glibc   | 1:2.0-1+b2",
                "glibc (2.0-1         | glibc   | 2.0-1",
            })
    void tellsSourceByItsOwnFieldAndFallsBackToTheBinary(String field, String name, String version) throws Exception {
        assertThat(status("Package: libc6\nVersion: 1:2.0-1+b2\nSource: " + field + "\n")
                        .named("libc6")
                        .source())
                .contains(new Source(name, version));
        assertThat(status("Package: libc6\nVersion: 1:2.0-1+b2\n")
                        .named("libc6")
                        .source())
                .contains(new Source("libc6", "1:2.0-1+b2"));
    }

    @Test
    void keepsBothArchitecturesOfOnePackage() throws Exception {
        assertThat(status(
                                "Package: libc6\nArchitecture: amd64\nVersion: 1\n\nPackage: libc6\nArchitecture: i386\nVersion: 1\n")
                        .packages())
                .extracting(each -> each.architecture().orElseThrow())
                .containsExactly("amd64", "i386");
    }

    @Test
    void readsFileWithoutLastLineEndAndWithWindowsLineEnds() throws Exception {
        assertThat(status("Package: a\r\nVersion: 1\r\n\r\npackage:b\nVERSION:\t 2 \n \t\n\n\nPackage: c\nVersion: 3")
                        .namesAndVersions())
                .containsExactly("a 1", "b 2", "c 3");
        assertThat(status("Package: a\r\nVersion: 1\r\n\r\n\n\nPackage: c\nVersion: 3")
                        .named("c")
                        .line())
                .isEqualTo(6);
    }

    @Test
    void readsOneFileAPackageOfDistrolessImages() throws Exception {
        DpkgCataloger dpkg = new DpkgCataloger();

        assertThat(dpkg.wants("/var/lib/dpkg/status", FILE)).isEqualTo(Want.CONTENT);
        assertThat(dpkg.wants("/var/lib/dpkg/status.d/tzdata", FILE)).isEqualTo(Want.CONTENT);
        assertThat(dpkg.wants("/var/lib/dpkg/status.d/tzdata.md5sums", FILE)).isEqualTo(Want.NOTHING);
        assertThat(dpkg.wants("/var/lib/dpkg/status.d/deeper/tzdata", FILE)).isEqualTo(Want.NOTHING);
        assertThat(dpkg.wants("/var/lib/dpkg/status-old", FILE)).isEqualTo(Want.NOTHING);
        assertThat(dpkg.wants("/srv/var/lib/dpkg/status", FILE)).isEqualTo(Want.NOTHING);
        assertThat(Cataloged.of(dpkg, "/var/lib/dpkg/status.d/x", "Package: tzdata\nVersion: 2024a-0+deb12u1\n")
                        .named("tzdata")
                        .evidence())
                .isEqualTo("dpkg status.d");
    }

    @Test
    void namesEntryWithoutPackageAsGap() throws Exception {
        Cataloged cataloged = status("Version: 1\n\nPackage:\nVersion: 2\n\nPackage: c\nVersion: 3\n");

        assertThat(cataloged.namesAndVersions()).containsExactly("c 3");
        assertThat(cataloged.gaps())
                .containsExactly(new Gap(
                        Gap.Code.UNREADABLE,
                        "/var/lib/dpkg/status",
                        "line 1: an entry without a package name was left out, and 1 more of them"));
    }

    @Test
    void readsEmptyFileAsNoPackages() throws Exception {
        assertThat(status("").packages()).isEmpty();
        assertThat(status("\n\n \n").gaps()).isEmpty();
    }

    @Test
    void refusesFieldOfEndlessLine() {
        assertThatThrownBy(() -> status("Package: " + "a".repeat(2 << 20)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1 has more than 1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "Package", "Package:", ":", "\0\0\0", "Status:", "Source", "\u00e9:\n:"})
    void takesAnyBytesWithoutFailing(String text) throws Exception {
        assertThat(status(text).packages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"statusd-coreutils, 9", "statusd-multiple, 3", "statusd-deinstall, 1", "texlive.status, 357"})
    void countsPackagesOfCorpus(String name, int packages) throws Exception {
        assertThat(Cataloged.of(new DpkgCataloger(), "/var/lib/dpkg/status", Corpus.bytes("osdb/" + name))
                        .packages())
                .hasSize(packages);
    }

    @Test
    void readsSourcesOfCorpus() throws Exception {
        Cataloged coreutils =
                Cataloged.of(new DpkgCataloger(), "/var/lib/dpkg/status", Corpus.bytes("osdb/statusd-coreutils"));

        assertThat(coreutils.named("libselinux1").source()).contains(new Source("libselinux", "3.4-1"));
        assertThat(coreutils.named("libgmp10").source()).contains(new Source("gmp", "2:6.2.1+dfsg1-1.1"));
    }

    @Test
    void readsDebianStatusOfCorpus() throws Exception {
        String archive = new String(Corpus.bytes("osdb/trivy-dpkg-valid.txtar"), StandardCharsets.UTF_8);
        String status = archive.substring(archive.indexOf("--\n") + 3);

        // 91 entries, one of them removed with its configuration left behind.
        assertThat(status(status).namesAndVersions()).hasSize(90);
    }

    private static Cataloged status(String text) throws InputException, IOException {
        return Cataloged.of(new DpkgCataloger(), "/var/lib/dpkg/status", text);
    }
}
