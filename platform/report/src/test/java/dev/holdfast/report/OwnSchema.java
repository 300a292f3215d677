package dev.holdfast.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our own published schemas, as a validator reads them. */
public final class OwnSchema {
    private OwnSchema() {}

    /** What the schema of this name in {@code docs/schema} finds wrong with a document; empty when it is valid. */
    public static List<String> violations(String name, byte[] document) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/schema"))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("docs/schema is in no folder above");
            }
        }
        ObjectMapper json = new ObjectMapper();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        json.readTree(root.resolve("docs/schema").resolve(name).toFile()));
        return schema.validate(json.readTree(document)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
