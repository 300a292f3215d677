package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.Reach;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.SampleReport;
import dev.holdfast.report.form.Ink;
import dev.holdfast.report.vex.OpenVexScan;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reports say when code was followed. */
class FollowedCodeTest {
    private static Reach reach(Reach.Status status) {
        return new Reach(status, "because of a reason", List.of("java -jar /app/shop.jar", "com.acme.Main.main"));
    }

    private static JsonValue json(ByteArrayOutputStream out) throws Exception {
        return Json.parse(out.toByteArray(), Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "REACHED, affected, ''",
        "UNKNOWN, affected, ''",
        "NOT_REACHED, not_affected, vulnerable_code_not_in_execute_path"
    })
    void openVexClearsOnlyWhatIsNotReached(Reach.Status status, String said, String justification) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenVexScan.write(SampleReport.followed(reach(status)), out);
        JsonValue statement = json(out).get("statements").elements().getFirst();
        assertThat(statement.get("status").text()).contains(said);
        assertThat(statement.get("justification").text().orElse("")).isEqualTo(justification);
    }

    @Test
    void jsonTellsStatusReasonAndWay() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonScan.write(SampleReport.followed(reach(Reach.Status.UNKNOWN)), out);
        JsonValue document = json(out);
        JsonValue target = document.get("targets").elements().getFirst();
        JsonValue told = target.get("findings").elements().getFirst().get("reach");
        assertThat(told.get("status").text()).contains("unknown");
        assertThat(told.get("why").text()).contains("because of a reason");
        assertThat(told.get("chain").texts()).containsExactly("java -jar /app/shop.jar", "com.acme.Main.main");
        assertThat(target.get("reach").get("applications").texts()).hasSize(1);
        Path schema = Path.of(System.getProperty("holdfast.root", "../.."), "docs/schema/holdfast-scan-1.json");
        JsonScanTest.conforms(document, Json.parse(Files.readAllBytes(schema), Limits.DEFAULT), "$");
    }

    @Test
    void theTableMarksWhatIsReachedAndCountsTheRest() {
        String reached = table(Reach.Status.REACHED);
        assertThat(reached).contains("code followed   1 reached").contains("exploited  reached");
        assertThat(table(Reach.Status.NOT_REACHED))
                .contains("code followed   1 not reached")
                .contains("  not reached\n");
        assertThat(table(Reach.Status.UNKNOWN))
                .contains("code followed   1 unknown")
                .contains("exploited\n");
    }

    private static String table(Reach.Status status) {
        return TerminalScan.render(
                SampleReport.followed(reach(status)).reports().getFirst(), Ink.PLAIN, false, false);
    }
}
