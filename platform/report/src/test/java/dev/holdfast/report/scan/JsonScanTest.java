package dev.holdfast.report.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.SampleReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonScanTest {
    private static String json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonScan.write(SampleReport.results(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The golden file was written by hand from the plan of the JSON and is only ever changed by hand. */
    @Test
    void writesTheGoldenDocument() throws IOException {
        try (InputStream golden = JsonScanTest.class.getResourceAsStream("scan.json")) {
            assertThat(golden).isNotNull();
            assertThat(json()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void staysWithinThePublishedSchema() throws Exception {
        Path root = Path.of(System.getProperty("holdfast.root", "../.."));
        JsonValue schema =
                Json.parse(Files.readAllBytes(root.resolve("docs/schema/holdfast-scan-1.json")), Limits.DEFAULT);
        conforms(Json.parse(json(), Limits.DEFAULT), schema, "$");
    }

    /** The part of JSON Schema that ours uses: properties, required, additionalProperties, items, enum, pattern. */
    static void conforms(JsonValue value, JsonValue schema, String path) {
        Map<String, JsonValue> properties = schema.get("properties").members();
        for (String required : schema.get("required").texts()) {
            assertThat(value.members()).as(path).containsKey(required);
        }
        value.members().forEach((name, member) -> {
            if (schema.get("type").text().orElse("").equals("object")) {
                assertThat(properties).as(path + " is described").containsKey(name);
                conforms(member, properties.getOrDefault(name, JsonValue.JsonNull.NULL), path + "." + name);
            }
        });
        for (JsonValue element : value.elements()) {
            conforms(element, schema.get("items"), path + "[]");
        }
        List<String> allowed = schema.get("enum").texts();
        if (!allowed.isEmpty()) {
            assertThat(value.text()).as(path).isPresent().get().isIn(allowed);
        }
        schema.get("pattern")
                .text()
                .ifPresent(
                        pattern -> assertThat(value.text().orElse("")).as(path).matches(pattern));
    }
}
