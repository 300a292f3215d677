package dev.holdfast.report.comply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessor;
import dev.holdfast.comply.Framework;
import dev.holdfast.comply.Observation;
import dev.holdfast.comply.Observation.Outcome;
import dev.holdfast.core.Gap;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final Assessment ASSESSMENT = new Assessor(
                    Framework.of(Framework.Name.CIS_DOCKER),
                    Map.of(
                            "privileged-container",
                            List.of("5.5"),
                            "host-pid",
                            List.of("5.16"),
                            "image-not-signed",
                            List.of("4.5")))
            .assess(
                    List.of(
                            new Observation(
                                    "privileged-container",
                                    Outcome.FAIL,
                                    "service <web>",
                                    "compose.yaml",
                                    "sha256:" + "0".repeat(64),
                                    "4:17",
                                    "privileged: true\u001b[31m"),
                            new Observation("host-pid", Outcome.PASS, "service <web>", "compose.yaml", "", "", ""),
                            new Observation(
                                    "image-not-signed", Outcome.PASS, "service <web>", "compose.yaml", "", "", "")),
                    List.of(new Assessment.Input("compose.yaml", "sha256:" + "0".repeat(64))),
                    List.of(new Gap(Gap.Code.UNREADABLE, "other.yaml:1:1", "not valid YAML")),
                    Instant.parse("2026-11-26T00:00:00Z"));

    private static String text(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheJsonOfItsSchema() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonAssessment.write(ASSESSMENT, "0.1.0", out);
        assertThat(OwnSchema.violations("holdfast-comply-1.json", out.toByteArray()))
                .isEmpty();
        assertThat(text(out))
                .contains("\"proven\": 1,", "\"supported\": 1,", "\"contradicted\": 1,", "\"not-shown\": 114")
                .contains("\"state\": \"contradicted\"");
    }

    @Test
    void theSameAssessmentGivesTheSameOscal() {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        OscalAssessment.write(ASSESSMENT, "0.1.0", first);
        OscalAssessment.write(ASSESSMENT, "0.1.0", second);
        assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
        assertThat(text(first))
                .contains("\"oscal-version\": \"1.1.2\"", "\"target-id\": \"cis-docker_5.5\"", "\"reason\": \"fail\"")
                .contains("\"state\": \"satisfied\"")
                .doesNotContain("\"control-id\": \"cis-docker_1.2.1\"");
    }

    @Test
    void neverSpeaksOfConforming() throws Exception {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        HtmlAssessment.write(ASSESSMENT, "0.1.0", page);
        String terminal = TerminalAssessment.render(ASSESSMENT, Ink.PLAIN, true);
        assertThat(text(page).toLowerCase(java.util.Locale.ROOT)).doesNotContain("complian");
        assertThat(terminal.toLowerCase(java.util.Locale.ROOT)).doesNotContain("complian");
        assertThat(text(page))
                .contains("service &lt;web&gt;")
                .doesNotContain("<web>")
                .doesNotContain("\u001b");
        assertThat(terminal).doesNotContain("\u001b");
    }

    @Test
    void tellsPeopleWhatIsContradictedAndWhere() {
        String terminal = TerminalAssessment.render(ASSESSMENT, Ink.PLAIN, false);
        assertThat(terminal)
                .contains("1 of 117 clauses proven for these inputs, 1 supported by evidence, 1 contradicted")
                .contains("compose.yaml:4:17")
                .contains("could not see 1");
        assertThat(terminal.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
}
