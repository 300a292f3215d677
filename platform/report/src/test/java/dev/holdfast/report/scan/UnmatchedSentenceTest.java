package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap.Code;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.SampleReport;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.question.Unmatched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "No findings" says of how many packages. */
class UnmatchedSentenceTest {
    private static final Unmatched SYSTEM = new Unmatched(Code.NO_ADVISORIES, "Pardus 21", 328);
    private static final Unmatched ROCKS = new Unmatched(Code.UNSUPPORTED, "luarocks", 5);
    private static final Unmatched NPM = new Unmatched(Code.UNKNOWN_VERSION, "npm", 4);
    private static final Unmatched PYPI = new Unmatched(Code.UNKNOWN_VERSION, "pypi", 3);
    private static final Unmatched ODD = new Unmatched(Code.UNCOMPARABLE_VERSION, "gem", 2);

    private static String sentence(int packages, Unmatched... unmatched) {
        return ScanSentence.of(SampleReport.clean(packages, List.of(unmatched)));
    }

    @Test
    void whereAllWereMatchedItIsAboutAll() {
        assertThat(sentence(340)).isEqualTo("No findings in 340 packages.");
        assertThat(sentence(1)).isEqualTo("No findings in 1 package.");
        assertThat(sentence(0)).isEqualTo("No findings in 0 packages.");
    }

    @Test
    void whereSomeWereNotItIsAboutTheOthers() {
        assertThat(sentence(340, SYSTEM))
                .isEqualTo("No findings in 12 of 340 packages; 328 could not be matched: no advisories for Pardus 21.");
    }

    @Test
    void whereNoneWasItPromisesNothing() {
        assertThat(sentence(328, SYSTEM))
                .isEqualTo("None of 328 packages could be matched: no advisories for Pardus 21.");
        assertThat(sentence(1, new Unmatched(Code.UNKNOWN_DISTRIBUTION, "", 1)))
                .isEqualTo("The only package could not be matched: no distribution is named.");
    }

    @Test
    void severalReasonsHaveTheirNumbersAndTypesOfOneReasonCountTogether() {
        assertThat(sentence(1400, SYSTEM, ROCKS, NPM, PYPI, ODD))
                .isEqualTo(
                        "No findings in 1,058 of 1,400 packages; 342 could not be matched: no advisories for Pardus 21"
                                + " (328), no version (7), no advisories for luarocks (5), other reasons (2).");
    }

    @Test
    void everyTextBeginsWithIt() throws IOException {
        ScanReport report = SampleReport.clean(340, List.of(SYSTEM));
        ScanResults results = new ScanResults("0.1.0", report.basis(), List.of(report), List.of());
        String sentence = "No findings in 12 of 340 packages; 328 could not be matched: no advisories for Pardus 21.";
        ByteArrayOutputStream html = new ByteArrayOutputStream();
        HtmlScan.write(results, html);
        ByteArrayOutputStream markdown = new ByteArrayOutputStream();
        MarkdownScan.write(results, markdown);
        ByteArrayOutputStream github = new ByteArrayOutputStream();
        GithubScan.write(results, github);

        assertThat(TerminalScan.render(report, Ink.PLAIN, false, false)).contains("\n  " + sentence + "\n");
        assertThat(html.toString(StandardCharsets.UTF_8)).contains(sentence);
        assertThat(markdown.toString(StandardCharsets.UTF_8)).contains(sentence);
        assertThat(github.toString(StandardCharsets.UTF_8)).contains(sentence);
    }

    @Test
    void longSentenceStaysWithinAHundredColumns() {
        String view = TerminalScan.render(
                SampleReport.clean(1400, List.of(SYSTEM, ROCKS, NPM, PYPI, ODD)), Ink.PLAIN, false, false);

        assertThat(view.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(view).contains("other reasons (2).");
    }

    @Test
    void jsonCountsThemByTheirReason() throws Exception {
        ScanReport report = SampleReport.clean(340, List.of(SYSTEM, new Unmatched(Code.UNKNOWN_DISTRIBUTION, "", 1)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonScan.write(new ScanResults("0.1.0", report.basis(), List.of(report), List.of()), out);
        JsonValue unmatched = Json.parse(out.toByteArray(), Limits.DEFAULT)
                .get("targets")
                .elements()
                .getFirst()
                .get("unmatched");

        assertThat(unmatched.elements()).hasSize(2);
        assertThat(unmatched.elements().getFirst().get("code").text()).contains("no-advisories");
        assertThat(unmatched.elements().getFirst().get("subject").text()).contains("Pardus 21");
        assertThat(OwnSchema.violations("holdfast-scan-1.json", out.toByteArray()))
                .isEmpty();
    }
}
