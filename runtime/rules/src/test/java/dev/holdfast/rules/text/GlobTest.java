package dev.holdfast.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, abc, true",
        "a*, abc, true",
        "*c, abc, true",
        "*b*, abc, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "/home/*/.ssh/*, /home/me/.ssh/id_rsa, true",
        "/home/*/.ssh/*, /home/me/deep/.ssh/id_rsa, true",
        "/home/*/.ssh/*, /root/.ssh/id_rsa, false",
        "/proc/*/environ, /proc/1/environ, true",
        "*../*../*, ../../etc, true",
        "[abc]x, bx, true",
        "[!abc]x, bx, false",
        "[a-z]*, Zed, false",
        "a[, a[, true",
        "[]x], ], true",
        "\\*, *, true",
        "\\*, a, false",
        "a\\, a\\, true",
        "[[:digit:]], 7, true",
        "'', '', true",
        "'', a, false",
        "a*b*c, aXbYc, true",
        "a*b*c, aXbY, false"
    })
    void matchesAsFnmatchDoes(String pattern, String text, boolean isMatch) {
        assertThat(new Glob(pattern, false).matches(text)).isEqualTo(isMatch);
    }

    @Test
    void ignoresCaseWhenAsked() {
        assertThat(new Glob("MY*", true).matches("myexe")).isTrue();
        assertThat(new Glob("my*", true).matches("MYEXE")).isTrue();
        assertThat(new Glob("MY*", false).matches("myexe")).isFalse();
    }

    @Test
    void isNotSlowOnManyStars() {
        assertThat(new Glob("*a".repeat(500) + "b", false).matches("a".repeat(5_000)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp, /tmp, true",
        "/tmp, /tmp/a/b, true",
        "/tmp, /tmpa, false",
        "/tmp, /, false",
        "/tmp/, /tmp, true",
        "/tmp, /tmp/, true",
        "/tmp/hello, /tmp/hello/world, true",
        "/tmp/hello, /tmp/hello2, false",
        "/, /any/path, true",
        "/, relative, false",
        "tmp, /tmp, false",
        "tmp, tmp/a, true",
        "/var/*/log, /var/x/log/y, true",
        "/var/*/log, /var/x/y/log, false",
        "/var/l*, /var/lib/x, true",
        "/opt//a, /opt/a, true",
        "/opt/a, /opt//a/b, true"
    })
    void findsPrefixesByComponents(String prefix, String path, boolean isFound) {
        assertThat(new PathPrefixes(List.of("/nothing/else", prefix)).contain(path))
                .isEqualTo(isFound);
    }

    @Test
    void emptyPathsAreNothing() {
        assertThat(new PathPrefixes(List.of("")).contain("/a")).isFalse();
        assertThat(new PathPrefixes(List.of("/a")).contain("")).isFalse();
    }
}
