package dev.holdfast.manifest.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.functions.HelmFunctions;
import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.Provenance;
import dev.holdfast.manifest.template.Source;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.TemplateSet;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Expressions put together at random, with what Go's template engine, with Helm's and sprig's functions, makes of each (expressions.jsonl: {@code t}
 * is the template, {@code o} the output, {@code e} that it fails).
 */
class RecordedExpressionsTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedExpressionsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersAsGoDoes() throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        String values = resource("expression-values.yaml");
        int count = 0;
        for (String line : resource("expressions.jsonl").split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            Node record = ((Document.Read) new JsonReader(Limits.DEFAULT).read(line)).root();
            String template = record.textAt("t").orElseThrow();
            String ours = answer(template, values);
            String theirs = record.textAt("e").isPresent()
                    ? "fails"
                    : record.textAt("o").orElse("");
            if (!ours.equals(theirs)) {
                wrong.put(template, theirs + " but " + ours);
            }
            count++;
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(500);
    }

    private static String answer(String template, String values) throws Exception {
        Node tree = ((Document.Read) new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                        .read(values)
                        .getFirst())
                .root();
        Map<String, Object> top = Values.map();
        top.put("Values", ChartReader.table(tree, "values"));
        Map<String, Object> release = Values.map();
        release.put("Name", "r");
        top.put("Release", release);
        Map<String, Object> chart = Values.map();
        chart.put("AppVersion", "2.0");
        top.put("Chart", chart);
        try {
            TemplateSet set = new TemplateSet(HelmFunctions.all(Limits.DEFAULT));
            set.add("a", new Source("a", template));
            return Evaluation.run(set, "a", top, new Budget(Duration.ofSeconds(5)), new Provenance())
                    .text();
        } catch (TemplateFault fault) {
            return "fails";
        }
    }
}
