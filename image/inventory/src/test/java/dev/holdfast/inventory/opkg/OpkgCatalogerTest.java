package dev.holdfast.inventory.opkg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import org.junit.jupiter.api.Test;

class OpkgCatalogerTest {
    @Test
    void installedPackagesAreReadAndRemovedOnesAreNot() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/usr/lib/opkg/status", """
                        Package: busybox
                        Version: 1.36.1-1
                        Status: install user installed
                        Architecture: aarch64_generic

                        Package: gone
                        Version: 1
                        Status: deinstall ok not-installed
                        """)
                .put("/usr/lib/opkg/info/libc.control", "Package: libc\nVersion: 1.2.4-4\n")
                .put("/var/lib/dpkg/status", "Package: no\nVersion: 1\n");
        assertThat(files.catalog(new OpkgCataloger()))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly("libc 1.2.4-4", "busybox 1.36.1-1");
    }
}
