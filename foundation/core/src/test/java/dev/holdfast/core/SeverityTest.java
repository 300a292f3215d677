package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityTest {

    /** The rating scale of CVSS 3.1 section 5, at both ends of each step. */
    @ParameterizedTest
    @CsvSource({
        "0.0, NEGLIGIBLE",
        "0.1, LOW",
        "3.9, LOW",
        "4.0, MEDIUM",
        "6.9, MEDIUM",
        "7.0, HIGH",
        "8.9, HIGH",
        "9.0, CRITICAL",
        "10.0, CRITICAL"
    })
    void ratesScores(double score, Severity severity) {
        assertThat(Severity.ofScore(score)).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "Important, HIGH",
        "moderate, MEDIUM",
        "CRITICAL, CRITICAL",
        "' low ', LOW",
        "unimportant, NEGLIGIBLE",
        "untriaged, UNKNOWN"
    })
    void readsVendorsWords(String word, Severity severity) {
        assertThat(Severity.ofWord(word)).contains(severity);
    }

    @Test
    void doesNotGuessAtOtherWords() {
        assertThat(Severity.ofWord("")).isEmpty();
        assertThat(Severity.ofWord("catastrophic")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void readsItsOwnWord(Severity severity) {
        assertThat(Severity.ofWord(severity.word())).contains(severity);
    }

    @Test
    void unknownIsNeverEnough() {
        assertThat(Severity.UNKNOWN.atLeast(Severity.NEGLIGIBLE)).isFalse();
        assertThat(Severity.HIGH.atLeast(Severity.HIGH)).isTrue();
        assertThat(Severity.MEDIUM.atLeast(Severity.HIGH)).isFalse();
    }
}
