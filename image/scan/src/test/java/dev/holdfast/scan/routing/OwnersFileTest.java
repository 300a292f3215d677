package dev.holdfast.scan.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersFileTest {
    /** Patterns and paths after the examples in the documentation of code owners. */
    @ParameterizedTest
    @CsvSource({
        "*, /a/b.txt, true",
        "*.js, /a/b.js, true",
        "*.js, /a/b.jsx, false",
        "/build/logs/, /build/logs/a/b, true",
        "/build/logs/, /x/build/logs/a, false",
        "/build/logs/, /build/logs, false",
        "docs/*, /docs/a.md, true",
        "docs/*, /docs/a/b.md, false",
        "apps/, /x/apps/a/b, true",
        "apps/, /apps, false",
        "/docs/, /docs/a, true",
        "/scripts, /scripts/a/b.sh, true",
        "**/logs, /build/logs/x, true",
        "**/logs, /logs, true",
        "/a/**/z, /a/z, true",
        "/a/**/z, /a/b/c/z, true",
        "/a/**, /a/b/c, true",
        "/app/li?.jar, /app/lib.jar, true",
        "/app/li?.jar, /app/lib1.jar, false",
        "/my\\ folder/, /my folder/x, true",
        "/srv/web/node_modules, /srv/web/node_modules/axios/package.json, true",
    })
    void patternFitsAsTheFormatSays(String pattern, String path, boolean fits) throws Exception {
        assertThat(OwnersFile.parse("OWNERS", pattern + " @team").ownersOf(path))
                .isEqualTo(fits ? java.util.List.of("@team") : java.util.List.of());
    }

    @Test
    void lastLineThatFitsCountsAndMaySayNobody() throws Exception {
        OwnersFile owners = OwnersFile.parse(
                "OWNERS", "# all\r\n* @platform\r\n\n/srv/web @web ops@example.com # both\n/srv/web/vendor\n");
        assertThat(owners.ownersOf("/etc/passwd")).containsExactly("@platform");
        assertThat(owners.ownersOf("/srv/web/a")).containsExactly("@web", "ops@example.com");
        assertThat(owners.ownersOf("/srv/web/vendor/b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'* @a\n!/x @b', line 2", "'/a[0-9] @b', line 1"})
    void whatTheFormatLacksIsRefusedWithItsLine(String text, String where) {
        assertThatThrownBy(() -> OwnersFile.parse("OWNERS", text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("OWNERS, " + where);
    }
}
