package dev.holdfast.scan.exemption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.text.Wildcard;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that people write, and what is said when they slip. */
class IgnoreFileTest {
    private static List<Exemption> parse(String text) throws InputException {
        return IgnoreFile.parse(text, "ignore.yaml", Limits.DEFAULT);
    }

    @Test
    void readsEveryKey() throws Exception {
        List<Exemption> rules = parse("""
                exceptions:
                  - id: [CVE-2023-1, GHSA-x]
                    package: pkg:deb/debian/libc6
                    path: /opt/**
                    target: shop:*
                    reason: no setuid programs
                    owner: platform team
                    expires: 2027-01-31
                    justification: vulnerable_code_not_in_execute_path
                """);
        assertThat(rules)
                .containsExactly(new Exemption(
                        List.of("CVE-2023-1", "GHSA-x"),
                        new Exemption.Scope("pkg:deb/debian/libc6", "/opt/**", "shop:*"),
                        "no setuid programs",
                        "platform team",
                        java.util.Optional.of(LocalDate.of(2027, 1, 31)),
                        "vulnerable_code_not_in_execute_path",
                        "ignore.yaml:2"));
    }

    @Test
    void theListMayStandAlone() throws Exception {
        assertThat(parse("- id: CVE-2023-1\n  reason: x\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "exceptions:\n", "exceptions: []\n"})
    void nothingIsNoRule(String text) throws Exception {
        assertThat(parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - id: CVE-1                                  | ignore.yaml:1:3: an exception without a reason
            - id: CVE-1\\n  reasn: x                     | ignore.yaml:2:3: no key "reasn"; did you mean reason?
            - id: CVE-1\\n  reason: x\\n  expires: soon  | ignore.yaml:3:12: "soon" is no date
            - reason: x                                  | ignore.yaml:1:3: an exception from everything
            - id: CVE-1\\n  reason: x\\n  package: pkg:x | ignore.yaml:3:12: not a package URL
            - id: CVE-1\\n  id: CVE-2\\n  reason: x      | ignore.yaml:2:3: "id" stands twice
            - id: CVE-1\\n  reason: [x]                  | ignore.yaml:2:11: "reason" is a text
            - id: CVE-1\\n  reason: x\\n  justification: y | ignore.yaml:3:18: no justification "y"
            rules: []                                    | ignore.yaml:1:1: expected 'exceptions:'
            hello                                        | ignore.yaml:1:1: expected a list
            - &a id                                      | ignore.yaml:1:3: an exception has keys
            - id: [                                      | ignore.yaml:
            - *a                                         | ignore.yaml:
            """)
    void saysWhereAndWhat(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> parse("[".repeat(5_000))).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/opt/**, /opt/a/b.jar, true",
        "/opt/*, /opt/a/b.jar, false",
        "/opt/*/b.jar, /opt/a/b.jar, true",
        "shop:*, shop:1.4, true",
        "shop:*, shop, false",
        "log4j-*, log4j-core, true",
        "**, /x, true",
        "a, a, true",
        "a, b, false",
    })
    void matchesWildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void aPatternOfManyStarsEndsSoon() {
        assertThat(Wildcard.matches("*a".repeat(200), "b".repeat(2_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"reasn, reason", "expire, expires", "pakage, package"})
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Nearest.of(written, List.of("reason", "package", "expires"))).contains(meant);
    }

    @Test
    void findsNothingWhereNothingIsNear() {
        assertThat(Nearest.of("zzz", List.of("reason", "package"))).isEmpty();
    }
}
