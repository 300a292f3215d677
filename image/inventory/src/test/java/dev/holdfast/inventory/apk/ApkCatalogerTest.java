package dev.holdfast.inventory.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApkCatalogerTest {
    private static final FileHeader FILE = new FileHeader(FileType.REGULAR, 10, 0644);

    @Test
    void readsPackageWithItsOrigin() throws Exception {
        Cataloged cataloged = Cataloged.of(new ApkCataloger(), "/lib/apk/db/installed", """
                C:Q1Q4hBr8ZTaL9uJlNHCPxzAUHNHbE=
                P:libcrypto1.1
                V:1.1.1c-r0
                A:x86_64
                L:OpenSSL
                o:openssl
                m:Timo Teras <timo.teras@iki.fi>
                F:lib
                R:libcrypto.so.1.1
                a:0:0:555

                P:musl
                V:1.1.22-r3
                A:x86_64
                """);
        PackageRecord crypto = cataloged.named("libcrypto1.1");

        assertThat(crypto.version()).isEqualTo("1.1.1c-r0");
        assertThat(crypto.architecture()).contains("x86_64");
        assertThat(crypto.source()).contains(new Source("openssl", "1.1.1c-r0"));
        assertThat(crypto.detail(Detail.LICENCE)).contains("OpenSSL");
        assertThat(crypto.line()).isEqualTo(2);
        assertThat(cataloged.named("musl").source()).contains(new Source("musl", "1.1.22-r3"));
        assertThat(cataloged.named("musl").line()).isEqualTo(12);
    }

    @Test
    void wantsDatabaseAtBothPlaces() {
        assertThat(new ApkCataloger().wants("/lib/apk/db/installed", FILE)).isEqualTo(Want.CONTENT);
        assertThat(new ApkCataloger().wants("/usr/lib/apk/db/installed", FILE)).isEqualTo(Want.CONTENT);
        assertThat(new ApkCataloger().wants("/srv/lib/apk/db/installed", FILE)).isEqualTo(Want.NOTHING);
    }

    @Test
    void namesEntryWithoutPackageAsGap() throws Exception {
        Cataloged cataloged = Cataloged.of(new ApkCataloger(), "/lib/apk/db/installed", "garbage\n\nP:\n\nP:a\nV:1\n");

        assertThat(cataloged.namesAndVersions()).containsExactly("a 1");
        assertThat(cataloged.gaps()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "trivy-apk__installed, 16",
        "syft-multiple-2__installed, 14",
        "alpine-3.7.0__installed, 11",
        "wolfi-base__installed, 15"
    })
    void countsPackagesOfCorpus(String name, int packages) throws Exception {
        Cataloged cataloged = Cataloged.of(new ApkCataloger(), "/lib/apk/db/installed", Corpus.bytes("osdb/" + name));

        assertThat(cataloged.packages()).hasSize(packages);
        assertThat(cataloged.gaps()).isEmpty();
    }
}
