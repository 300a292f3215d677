package dev.holdfast.inventory.gentoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import org.junit.jupiter.api.Test;

class PortageCatalogerTest {
    @Test
    void foldersTellCategoryNameAndVersion() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/var/db/pkg/sys-libs/glibc-2.38-r10/CONTENTS", "dir /usr\n")
                .put("/var/db/pkg/x11-libs/gtk+-3.24.39/CONTENTS", "dir /usr\n")
                .put("/var/db/pkg/media-fonts/font-adobe-100dpi-1.0.3-r2/CONTENTS", "dir /usr\n")
                .put("/var/db/pkg/broken/CONTENTS", "dir /usr\n")
                .put("/usr/share/CONTENTS", "x");
        assertThat(files.catalog(new PortageCataloger()))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly(
                        "media-fonts/font-adobe-100dpi 1.0.3-r2", "sys-libs/glibc 2.38-r10", "x11-libs/gtk+ 3.24.39");
        assertThat(files.gaps()).hasSize(1);
    }
}
