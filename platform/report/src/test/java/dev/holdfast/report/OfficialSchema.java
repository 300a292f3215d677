package dev.holdfast.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The schemas that the standards' own projects publish, read from jars that carry them: nothing is fetched. */
public enum OfficialSchema {
    CYCLONEDX_1_6("bom-1.6.schema.json"),
    SPDX_2_3("resources/spdx-schema-v2.3.json"),
    SARIF_2_1_0("schema/sarif-schema-2.1.0.json");

    private static final Map<String, String> FILES = Map.of(
            "http://cyclonedx.org/schema/bom-1.6.schema.json", "classpath:bom-1.6.schema.json",
            "http://cyclonedx.org/schema/spdx.schema.json", "classpath:spdx.schema.json",
            "http://cyclonedx.org/schema/jsf-0.82.schema.json", "classpath:jsf-0.82.schema.json");

    private final String file;

    OfficialSchema(String file) {
        this.file = file;
    }

    /** What the schema finds wrong with a document; empty when it is valid. */
    public List<String> violations(byte[] document) throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V7, builder -> builder.schemaMappers(mappers -> mappers.mappings(FILES)));
        JsonSchema schema = factory.getSchema(SchemaLocation.of("classpath:" + file));
        return schema.validate(new ObjectMapper().readTree(document)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
