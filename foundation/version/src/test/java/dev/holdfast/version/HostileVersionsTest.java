package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that is given as a version or a range may throw anything but an input error, or take long. */
class HostileVersionsTest {
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_125L);

    private static final List<String> ATTACKS = List.of(
            "",
            " ",
            "\0",
            "1\0",
            "1.0\n2.0",
            "1.0\u202e",
            "\ud800",
            "1.\udc00\ud800",
            "1.0-\ud83d\ude00",
            "٣.١",
            "1.٣",
            "-",
            "--",
            ".",
            "...",
            ":",
            "1:",
            ":1",
            "-1",
            "+",
            "1+",
            "1-",
            "1.0-",
            "1.0+",
            "~",
            "^",
            "#",
            "#.#",
            "v",
            "vv1",
            "go",
            "go1",
            "1!",
            "!1",
            "1!!1",
            "_",
            "1_",
            "1.0_alpha_",
            "1-r",
            "1.0-r-1",
            "*",
            "99999999999999999999999999999999999999999999:1",
            "9".repeat(1_000),
            "0".repeat(1_000),
            "1.".repeat(500),
            "1-".repeat(500),
            "a1".repeat(500),
            "~".repeat(1_024),
            "%s%n${jndi:ldap://x}");

    @ParameterizedTest
    @EnumSource
    void answersEveryAttack(Scheme scheme) {
        for (String attack : ATTACKS) {
            assertThat(scheme.key(attack)).as(attack).isEqualTo(scheme.key(attack));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsTooLong(Scheme scheme) {
        String megabyte = "1".repeat(1 << 20);

        assertThat(scheme.key(megabyte)).isEmpty();
        assertThat(Versions.compare(scheme, "1.0.0", megabyte))
                .isEqualTo(new Versions.Comparison.NotAllowed(
                        megabyte,
                        "a text of 1048576 characters is not a " + scheme.word()
                                + " version: expected at most 1024 characters"));
        assertThatThrownBy(() -> VersionRange.parse(scheme, ">=" + megabyte)).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @EnumSource
    void refusesRangesWithNothingButInputErrors(Scheme scheme) {
        Random random = new Random(SEED);
        List<String> ranges = new ArrayList<>(ATTACKS);
        String signs = "0123..--+_~^abx*[](),|<>=! \u00e9";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            ranges.add(text.toString());
        }
        for (String range : ranges) {
            try {
                assertThat(VersionRange.parse(scheme, range)).isNotNull();
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %d", SEED)
                        .doesNotContain("\n")
                        .isNotBlank();
            }
        }
    }

    @Test
    void readsARangeOfThousandAlternativesInTime() throws InputException {
        StringBuilder text = new StringBuilder("1.0.0");
        for (int i = 1; text.length() < RangeText.MAX_LENGTH - 20; i++) {
            text.append("||1.").append(i).append(".0");
        }

        VersionRange range = VersionRange.parse(Scheme.NPM, text.toString());

        assertThat(range.intervals()).hasSizeGreaterThan(1_000);
    }

    @Test
    void tellsThatATextIsTooLongForARange() {
        assertThatThrownBy(() -> VersionRange.parse(Scheme.DEB, "1 ".repeat(10_000)))
                .isInstanceOf(InputException.class)
                .hasMessage("version range: 20000 characters are more than the 16384 allowed");
    }
}
