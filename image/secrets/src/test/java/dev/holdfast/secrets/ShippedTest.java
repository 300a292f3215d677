package dev.holdfast.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTest {
    private static final byte[] ELF = {0, 0x7f, 'E', 'L', 'F', 2};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/lib/apt/lists/deb.example_main_Packages",
                "/var/cache/apt/pkgcache.bin",
                "/usr/share/locale/de/LC_MESSAGES/tar.mo"
            })
    void listsCachesAndCataloguesAreToldByTheirPath(String path) {
        assertThat(Shipped.isAt(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/usr/share/locale/de/notes.txt",
                "/srv/var/cache/apt/x",
                "/usr/lib/app/.env",
                "/var/lib/apt/x"
            })
    void othersAreNot(String path) {
        assertThat(Shipped.isAt(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/lib/x86_64-linux-gnu/libc.so.6", "/lib/ld-musl.so", "/usr/libexec/git-core/git"})
    void systemLibrariesAreToldByPlaceAndFirstBytes(String path) {
        assertThat(Shipped.isMachineCode(path, ELF, 1, 5)).isTrue();
        assertThat(Shipped.isMachineCode(path, ELF, 0, 6)).isFalse();
        assertThat(Shipped.isMachineCode(path, ELF, 1, 3)).isFalse();
        assertThat(Shipped.isMachineCode(path, "key=".getBytes(StandardCharsets.UTF_8), 0, 4))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/app", "/usr/local/lib/libapp.so", "/opt/app/lib/a.so", "/app"})
    void programsThatAnImageMayBringAreLookedThrough(String path) {
        assertThat(Shipped.isMachineCode(path, ELF, 1, 5)).isFalse();
    }
}
