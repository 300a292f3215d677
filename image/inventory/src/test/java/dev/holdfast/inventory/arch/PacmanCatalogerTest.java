package dev.holdfast.inventory.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacmanCatalogerTest {
    @Test
    void recordsOfInstalledPackagesAreRead() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/var/lib/pacman/local/libgcc-13.2.1-3/desc", """
                        %NAME%
                        libgcc

                        %VERSION%
                        1:13.2.1-3

                        %BASE%
                        gcc

                        %ARCH%
                        x86_64

                        %LICENSE%
                        GPL3
                        LGPL
                        """)
                .put("/var/lib/pacman/local/broken-1/desc", "%VERSION%\n1\n")
                .put("/usr/share/desc", "%NAME%\nno\n");
        List<PackageRecord> found = files.catalog(new PacmanCataloger());
        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.name() + " " + each.version()).isEqualTo("libgcc 1:13.2.1-3");
            assertThat(each.architecture()).contains("x86_64");
            assertThat(each.source().orElseThrow().name()).isEqualTo("gcc");
            assertThat(each.detail(Detail.LICENCE)).contains("GPL3");
        });
        assertThat(files.gaps()).hasSize(1);
    }
}
