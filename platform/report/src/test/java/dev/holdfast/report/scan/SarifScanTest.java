package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.OfficialSchema;
import dev.holdfast.report.SampleReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SarifScanTest {
    private static JsonValue run() throws InputException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SarifScan.write(SampleReport.results(), out);
        JsonValue log = Json.parse(out.toByteArray(), Limits.DEFAULT);
        assertThat(log.get("version").text()).hasValue("2.1.0");
        return log.get("runs").elements().getFirst();
    }

    @Test
    void theOfficialSchemaFindsNothingWrong() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SarifScan.write(SampleReport.results(), out);

        assertThat(OfficialSchema.SARIF_2_1_0.violations(out.toByteArray())).isEmpty();
        assertThat(OfficialSchema.SARIF_2_1_0.violations("{\"version\":\"2.1.0\"}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void everyResultNamesARuleOfTheDriver() throws InputException {
        JsonValue result = run().get("results").elements().getFirst();
        int index = result.get("ruleIndex").integer().orElseThrow().intValue();
        JsonValue rule = run().at("tool", "driver", "rules").elements().get(index);
        assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
        assertThat(rule.at("properties", "security-severity").text()).hasValue("10.0");
        assertThat(result.get("level").text()).hasValue("error");
    }

    @Test
    void locationsAreValidRelativeUris() throws InputException {
        JsonValue location = run().get("results")
                .elements()
                .getFirst()
                .get("locations")
                .elements()
                .getFirst();
        String uri = location.at("physicalLocation", "artifactLocation", "uri")
                .text()
                .orElseThrow();
        assertThat(uri).isEqualTo("srv/%1B%5B31mred%E2%80%AE.jar");
        assertThat(java.net.URI.create(uri).isAbsolute()).isFalse();
    }

    @Test
    void gapsArriveAsNotifications() throws InputException {
        JsonValue invocation = run().get("invocations").elements().getFirst();
        JsonValue notification =
                invocation.get("toolExecutionNotifications").elements().getFirst();
        assertThat(notification.at("descriptor", "id").text()).hasValue("encrypted");
        assertThat(notification.at("message", "text").text()).hasValue("/srv/closed.zip: 1 entry is encrypted");
    }
}
