package dev.holdfast.inventory.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposerCatalogerTest {
    private final ComposerCataloger cataloger = new ComposerCataloger();

    @ParameterizedTest
    @CsvSource({
        "trivy-composer-composer_happy.lock, /app/composer.lock, 10, 2",
        "osv-scalibr-composerlock-drupal-packages.json, /app/composer.lock, 4, 1",
        "trivy-repo-composer-vendor-installed.json, /app/vendor/composer/installed.json, 3, 0",
    })
    void readsEveryFileOfTheCorpus(String file, String path, int entries, int development) throws Exception {
        Cataloged found = Cataloged.of(cataloger, path, Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0)
                .filteredOn(each -> each.detail(Detail.SCOPE).isPresent())
                .hasSize(development);
    }

    @Test
    void installedListsOfBothVersionsOfComposerAreRead() throws Exception {
        String one = "[{\"name\":\"a/b\",\"version\":\"v1.0.0\"}]";
        String two =
                "{\"packages\":[{\"name\":\"a/b\",\"version\":\"v1.0.0\"},{\"name\":\"c/d\",\"version\":\"dev-main\"}],"
                        + "\"dev\":true,\"dev-package-names\":[\"c/d\"]}";
        assertThat(Cataloged.of(cataloger, "/app/vendor/composer/installed.json", one)
                        .namesAndVersions())
                .containsExactly("a/b v1.0.0");
        Cataloged found = Cataloged.of(cataloger, "/app/vendor/composer/installed.json", two);
        assertThat(found.namesAndVersions()).containsExactly("a/b v1.0.0", "c/d dev-main");
        assertThat(found.named("c/d").detail(Detail.SCOPE)).contains("dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"packages\": [{\"name\": \"a", "1", "{\"packages\": [1, ["})
    void whatIsNoLockFileOrCutOffSaysSo(String text) {
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/composer.lock", text))
                .isInstanceOf(InputException.class);
    }
}
