package dev.holdfast.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.compare.Cause;
import dev.holdfast.compare.Comparison;
import dev.holdfast.compare.Comparison.Row;
import dev.holdfast.core.Severity;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.SampleReport;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static Comparison comparison(Row... rows) {
        return new Comparison("trivy.json", "Trivy 0.74.0", "shop:1", "", 1, 2, List.of(rows));
    }

    private static Row row(String id, Cause cause, String reason) {
        return new Row(
                id,
                "libc6",
                "2.36",
                cause,
                reason,
                List.of("2.36 ≥ 2.35 (deb order)"),
                Optional.empty(),
                Optional.of(Severity.HIGH),
                7);
    }

    @Test
    void writesJsonOfItsSchema() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonComparison.write(
                SampleReport.report(),
                List.of(comparison(row("CVE-2023-1", Cause.FIXED_BY_DISTRIBUTION, "it has the fix"))),
                "1.2.3",
                out);
        String json = out.toString(StandardCharsets.UTF_8);
        assertThat(OwnSchema.violations("holdfast-compare-1.json", out.toByteArray()))
                .isEmpty();
        assertThat(json).contains("\"fixed-by-distribution\": 1", "\"side\": \"theirs\"", "\"line\": 7");
    }

    @Test
    void saysTheSentenceFirstThenTheCauses() {
        String text = TerminalComparison.render(
                SampleReport.report(),
                List.of(comparison(
                        row("CVE-2023-1", Cause.AGREED, ""),
                        row("CVE-2023-2", Cause.FIXED_BY_DISTRIBUTION, "it has the fix"))),
                Ink.PLAIN,
                false);
        assertThat(text)
                .contains("Both report 1; only they report 1 (fixed already by the distribution); only we report 0.");
        assertThat(text.lines()).allMatch(line -> line.length() <= Columns.WIDTH + 20);
        assertThat(text.indexOf("Both report")).isLessThan(text.indexOf("only theirs 1"));
    }

    @Test
    void escapesWhatATerminalWouldObey() {
        String text = TerminalComparison.render(
                SampleReport.report(),
                List.of(comparison(row("CVE-\u001b[2J", Cause.ADVISORY_UNKNOWN, "\u001b]0;x\u0007"))),
                Ink.PLAIN,
                true);
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u0007");
    }
}
