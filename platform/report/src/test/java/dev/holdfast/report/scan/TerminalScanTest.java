package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.report.SampleReport;
import dev.holdfast.report.form.Ink;
import org.junit.jupiter.api.Test;

class TerminalScanTest {
    private static final String VIEW = TerminalScan.render(SampleReport.report(), Ink.PLAIN, false, true);

    @Test
    void beginsWithTheTargetAndTheSentence() {
        assertThat(VIEW.lines().toList().get(0)).startsWith("shop:1.4  linux/amd64  sha256:");
        assertThat(VIEW.lines().toList().get(1))
                .isEqualTo("Debian GNU/Linux 12 (bookworm) (supported until 2028-06-30)");
        assertThat(VIEW)
                .contains("1 finding in 1 package, 1 of them critical, 1 known to be exploited. 1 change removes all.")
                .contains("1 finding left out by the filters.");
    }

    @Test
    void staysWithinAHundredColumns() {
        assertThat(VIEW.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void neutralisesTerminalEscapesOfHostileNames() {
        assertThat(VIEW).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void showsGapsAndEndsWithTheVerdict() {
        assertThat(VIEW).contains("could not see 1").contains("/srv/closed.zip: 1 entry is encrypted");
        assertThat(VIEW.lines().toList().getLast()).isEqualTo("  FAIL  1 finding at or above critical");
    }

    @Test
    void colourChangesNothingButColour() {
        String coloured = TerminalScan.render(SampleReport.report(), Ink.COLOUR, false, true);
        assertThat(coloured).contains("\u001b[1;31m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(VIEW);
    }
}
