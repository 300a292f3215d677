package dev.holdfast.inventory.cran;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord.Detail;
import org.junit.jupiter.api.Test;

class CranCatalogerTest {
    private final CranCataloger cataloger = new CranCataloger();

    @Test
    void installedPackagesHaveBeenBuiltAndSourcesHaveNot() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/usr/lib/R/library/stats/DESCRIPTION", """
                        Package: stats
                        Version: 4.2.2
                        License: Part of R
                        Description: R statistical functions.
                            Built: not here
                        Built: R 4.2.2; x86_64-pc-linux-gnu; 2022-11-10
                        """)
                .put("/src/mine/DESCRIPTION", "Package: mine\nVersion: 0.1\n")
                .put("/usr/share/doc/DESCRIPTION", "This is a description.\n");
        assertThat(files.catalog(cataloger)).singleElement().satisfies(each -> {
            assertThat(each.name() + " " + each.version()).isEqualTo("stats 4.2.2");
            assertThat(each.detail(Detail.LICENCE)).contains("Part of R");
        });
        assertThat(files.gaps()).isEmpty();
    }

    @Test
    void renvLockIsRead() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/renv.lock", """
                {"R": {"Version": "4.2.3"}, "Packages": {
                  "jsonlite": {"Package": "jsonlite", "Version": "1.8.4", "Source": "Repository"},
                  "odd": []
                }}
                """);
        assertThat(found.namesAndVersions()).containsExactly("jsonlite 1.8.4", "odd ");
        assertThat(found.named("jsonlite").line()).isEqualTo(2);
    }
}
