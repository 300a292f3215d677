package dev.holdfast.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.FakeFiles;
import org.junit.jupiter.api.Test;

class ApplicationCatalogersTest {
    @Test
    void homebrewsReceiptsTellNameAndVersionByTheirPath() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/home/linuxbrew/.linuxbrew/Cellar/openssl@3/3.1.4/INSTALL_RECEIPT.json", "{}")
                .put("/opt/Cellar/a/1/libexec/INSTALL_RECEIPT.json", "{}")
                .put("/opt/INSTALL_RECEIPT.json", "{}");
        assertThat(files.catalog(new HomebrewCataloger()))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly("openssl@3 3.1.4");
    }

    @Test
    void snapTellsNameAndVersion() throws Exception {
        FakeFiles files = new FakeFiles()
                .put("/snap/core22/1380/meta/snap.yaml", "name: core22\nversion: 20240408\napps: {a: {command: b}}\n")
                .put("/src/snap.yaml", "name: no\n");
        assertThat(files.catalog(new SnapCataloger()))
                .extracting(each -> each.name() + " " + each.version())
                .containsExactly("core22 20240408");
    }

    @Test
    void wordPressPluginsAndThemesAreCalledByTheirFolder() throws Exception {
        String root = "/var/www/html";
        FakeFiles files = new FakeFiles()
                .put(root + "/wp-includes/version.php", "<?php\n$wp_version = '6.4.2';\n$wp_db_version = 56657;\n")
                .put(root + "/wp-content/plugins/akismet/akismet.php", """
                        <?php
                        /**
                         * @package Akismet
                         */
                        /*
                        Plugin Name: Akismet Anti-spam: Spam Protection
                        Description: Plugin Name: no
                        Version: 5.3
                        */
                        """)
                .put(root + "/wp-content/plugins/akismet/class.php", "<?php // Version: 9\n")
                .put(root + "/wp-content/plugins/akismet/deep/er/x.php", "<?php /* Plugin Name: x */")
                .put(root + "/wp-content/plugins/hello.php", "<?php\n/* Plugin Name: Hello Dolly\n * Version: 1.7.2 */")
                .put(root + "/wp-content/themes/twenty/style.css", "/*\nTheme Name: Twenty\nVersion: 2.6\n*/")
                .put(root + "/style.css", "/*\nTheme Name: no\n*/");
        assertThat(files.catalog(new WordPressCataloger()))
                .extracting(each -> each.type().word() + " " + each.name() + " " + each.version())
                .containsExactlyInAnyOrder(
                        "generic wordpress 6.4.2",
                        "wordpress-plugin akismet 5.3",
                        "wordpress-plugin hello 1.7.2",
                        "wordpress-theme twenty 2.6");
    }
}
