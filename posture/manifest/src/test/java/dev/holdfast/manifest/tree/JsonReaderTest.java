package dev.holdfast.manifest.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final String POD =
            "{\n\t\"kind\": \"Pod\",\n\t\"spec\": {\"hostPID\": true, \"n\": 1.5,\n\t\t\"list\": [1, null, \"\\u0041\"]}\n}\n";

    private final JsonReader reader = new JsonReader(Limits.DEFAULT);

    private static Node root(Document document) {
        assertThat(document).isInstanceOf(Document.Read.class);
        return ((Document.Read) document).root();
    }

    @Test
    void readsTextsAndBytesAlike() {
        assertThat(reader.read(POD.getBytes(StandardCharsets.UTF_8))).isEqualTo(reader.read(POD));
    }

    @Test
    void knowsThePlaceOfEveryValue() {
        Node hostPid = root(reader.read(POD)).at("spec", "hostPID").orElseThrow();
        assertThat(hostPid.isTrue()).isTrue();
        assertThat(hostPid.place()).isEqualTo(new Place(3, 22, 3, 26));
        assertThat(root(reader.read(POD)).place()).isEqualTo(new Place(1, 1, 5, 2));
    }

    @Test
    void makesTheTreeThatYamlMakes() {
        String json = POD.replace('\t', ' ');
        List<Document> yaml = new YamlReader(Schema.CORE, Limits.DEFAULT).read("# so that it is read as YAML\n" + json);
        assertThat(yaml)
                .singleElement()
                .satisfies(document -> assertThat(String.valueOf(plain(root(document))))
                        .isEqualTo(String.valueOf(plain(root(reader.read(json))))));
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> entry.key().text() + "=" + plain(entry.value()))
                        .toList();
            case Node.Sequence sequence ->
                sequence.elements().stream().map(JsonReaderTest::plain).toList();
            case Node.Scalar scalar -> scalar.kind() + ":" + scalar.text();
        };
    }

    @Test
    void namesRepeatedKeysAsYamlDoes() {
        Node.Mapping root = (Node.Mapping) root(reader.read("{\"a\":1,\"a\":2}"));
        assertThat(root.repeatedKeys()).hasSize(1);
        assertThat(root.textAt("a")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{\"a\":", "[1,]", "{} {}", "nul", "{\"a\" 1}", "\"\\ud83\"", "{'a':1}"})
    void saysWhereItIsBroken(String text) {
        assertThat(reader.read(text)).isInstanceOfSatisfying(Document.Broken.class, broken -> {
            assertThat(broken.problem()).startsWith("not valid JSON: ");
            assertThat(broken.line()).isPositive();
        });
        assertThat(reader.read(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Document.Broken.class);
    }

    @Test
    void refusesToNestWithoutEnd() {
        assertThat(reader.read("[".repeat(100_000))).isInstanceOf(Document.Broken.class);
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThat(reader.read(new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'})).isInstanceOf(Document.Broken.class);
    }

    @Test
    void yamlReadsJsonWithTabs() {
        assertThat(new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read(POD))
                .singleElement()
                .isEqualTo(reader.read(POD));
    }

    @Test
    void yamlStillReadsItsOwnFlowForm() {
        assertThat(new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read("{a: 1, b: [x, y]}\n---\n{\"c\": 2}\n"))
                .hasSize(2)
                .allSatisfy(document -> assertThat(document).isInstanceOf(Document.Read.class));
    }
}
