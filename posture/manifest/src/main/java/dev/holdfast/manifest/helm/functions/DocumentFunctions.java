package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** YAML, JSON and TOML, in both directions. What cannot be read becomes a map with an {@code Error}, as Helm has it. */
final class DocumentFunctions {
    private final YamlReader yaml;
    private final JsonReader json;

    DocumentFunctions(Limits limits) {
        this.yaml = new YamlReader(Schema.KUBERNETES, limits);
        this.json = new JsonReader(limits);
    }

    void addTo(FunctionTable table) {
        table.add("toYaml", (a, e) -> new YamlText(e, false).of(a.getFirst()), ANY)
                .alias("mustToYaml", "toYaml");
        table.add("toYamlPretty", (a, e) -> new YamlText(e, true).of(a.getFirst()), ANY);
        table.add("fromYaml", (a, _) -> map(read(Given.text(a, 0), false)), STRING);
        table.add("fromYamlArray", (a, _) -> list(read(Given.text(a, 0), false)), STRING);
        table.add("toJson", (a, e) -> json(a.getFirst(), true, "", e), ANY).alias("mustToJson", "toJson");
        table.add("toRawJson", (a, e) -> json(a.getFirst(), false, "", e), ANY).alias("mustToRawJson", "toRawJson");
        table.add("toPrettyJson", (a, e) -> json(a.getFirst(), true, "  ", e), ANY)
                .alias("mustToPrettyJson", "toPrettyJson");
        table.add("fromJson", (a, _) -> map(read(Given.text(a, 0), true)), STRING);
        table.add("fromJsonArray", (a, _) -> list(read(Given.text(a, 0), true)), STRING);
        table.add("mustFromJson", (a, _) -> strict(Given.text(a, 0)), STRING);
        table.add("toToml", (a, e) -> TomlText.of(a.getFirst(), e.budget()), ANY)
                .alias("mustToToml", "toToml");
    }

    private static String json(@Nullable Object value, boolean isEscaped, String indent, Evaluation evaluation)
            throws TemplateFault {
        return JsonText.of(value, isEscaped, indent, evaluation.budget());
    }

    /** What was read, or why it could not be. */
    private record Outcome(@Nullable Object value, String problem) {}

    private Outcome read(String text, boolean isJson) {
        if (isJson) {
            return outcome(json.read(text));
        }
        List<Document> documents = yaml.read(text);
        return documents.isEmpty() ? new Outcome(null, "") : outcome(documents.getFirst());
    }

    private static Outcome outcome(Document document) {
        return switch (document) {
            case Document.Read read -> new Outcome(TreeValues.of(read.root()), "");
            case Document.Broken broken ->
                new Outcome(null, "error converting YAML to JSON: line " + broken.line() + ": " + broken.problem());
        };
    }

    private Object strict(String text) throws TemplateFault {
        Outcome outcome = read(text, true);
        if (!outcome.problem().isEmpty()) {
            throw TemplateFault.of(outcome.problem());
        }
        return outcome.value() == null ? Values.map() : outcome.value();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Outcome outcome) {
        if (outcome.value() instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        Map<String, Object> empty = Values.map();
        if (!outcome.problem().isEmpty()) {
            empty.put("Error", outcome.problem());
        } else if (outcome.value() != null) {
            empty.put(
                    "Error",
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " + jsonName(outcome.value())
                            + " into Go value of type map[string]interface {}");
        }
        return empty;
    }

    private static List<Object> list(Outcome outcome) {
        if (outcome.value() instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        List<Object> list = Values.list();
        if (!outcome.problem().isEmpty()) {
            list.add(outcome.problem());
        } else if (outcome.value() != null) {
            list.add("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " + jsonName(outcome.value())
                    + " into Go value of type []interface {}");
        }
        return list;
    }

    private static String jsonName(Object value) {
        return switch (value) {
            case String _ -> "string";
            case Boolean _ -> "bool";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            default -> "number";
        };
    }
}
