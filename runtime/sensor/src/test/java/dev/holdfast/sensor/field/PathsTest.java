package dev.holdfast.sensor.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {
    @ParameterizedTest
    @CsvSource({
        "/srv, x, /srv/x",
        "/srv, ./x, /srv/x",
        "/srv, ../../../etc//shadow, /etc/shadow",
        "/, x/, /x",
        "/srv, /a/./b/../c, /a/c",
        "/srv, /, /",
        "/srv, .., /",
        "/srv, a..b, /srv/a..b",
        "'', x, /x"
    })
    void makesPathsAbsolute(String folder, String path, String expected) {
        assertThat(Paths.absolute(folder, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/etc/shadow, /etc, shadow", "/x, /, x", "/, /, ''"})
    void splitsPaths(String path, String folder, String name) {
        assertThat(Paths.folder(path)).isEqualTo(folder);
        assertThat(Paths.name(path)).isEqualTo(name);
    }
}
