package dev.holdfast.manifest.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    private final YamlReader reader = new YamlReader(Schema.KUBERNETES, Limits.DEFAULT);

    private Node only(String text) {
        List<Document> documents = reader.read(text);
        assertThat(documents).hasSize(1);
        return ((Document.Read) documents.getFirst()).root();
    }

    /** As kubectl reads it; outside of brackets a tab indents nothing. */
    @Test
    void withinBracketsALineMayBeginWithATab() {
        YamlReader reader = new YamlReader(Schema.KUBERNETES, Limits.DEFAULT);
        List<Document> read = reader.read("args:\n  [\n\t  -a,\n  \t{b: [\n\tc]}\n\t]\nlast: 1\n");
        assertThat(read).singleElement().isInstanceOfSatisfying(Document.Read.class, document -> {
            assertThat(document.root().get("args").orElseThrow().elements()).hasSize(2);
            assertThat(document.root().get("last").orElseThrow().place().line()).isEqualTo(7);
        });
        assertThat(reader.read("a:\n\tb: 1\n")).singleElement().isInstanceOf(Document.Broken.class);
    }

    @Test
    void knowsThePlaceOfEveryValue() {
        Node root = only(
                "# a pod\nkind: Pod\nspec:\n  containers:\n  - name: a\n    securityContext: {privileged: true}\n");
        Node privileged = root.at("spec", "containers")
                .orElseThrow()
                .elements()
                .getFirst()
                .at("securityContext", "privileged")
                .orElseThrow();
        assertThat(privileged.isTrue()).isTrue();
        assertThat(privileged.place().line()).isEqualTo(6);
        assertThat(privileged.place().column()).isEqualTo(35);
    }

    @Test
    void takesPlainWordsAsTheClientsOfKubernetesDo() {
        Node root = only("a: yes\nb: 'yes'\nc: off\nd: 0x1F\ne: ~\nf: 1.5\ng: 08\n");
        assertThat(root.get("a").orElseThrow().isTrue()).isTrue();
        assertThat(root.get("b").orElseThrow().isTrue()).isFalse();
        assertThat(root.get("c").orElseThrow().isFalse()).isTrue();
        assertThat(((Node.Scalar) root.get("d").orElseThrow()).kind()).isEqualTo(Node.Kind.INTEGER);
        assertThat(root.get("e")).isEmpty();
        assertThat(((Node.Scalar) root.get("f").orElseThrow()).kind()).isEqualTo(Node.Kind.DECIMAL);
        assertThat(((Node.Scalar) new YamlReader(Schema.CORE, Limits.DEFAULT)
                                .read("a: yes").stream()
                                        .map(one -> ((Document.Read) one)
                                                .root()
                                                .get("a")
                                                .orElseThrow())
                                        .findFirst()
                                        .orElseThrow())
                        .kind())
                .isEqualTo(Node.Kind.TEXT);
    }

    @Test
    void oneBrokenDocumentCostsNoOtherItsAnswer() {
        List<Document> documents = reader.read("a: 1\n---\nb: [1, 2\n---\nc: 3\n");
        assertThat(documents).hasSize(3);
        assertThat(documents.get(0)).isInstanceOf(Document.Read.class);
        assertThat(documents.get(1)).isInstanceOf(Document.Broken.class);
        assertThat(documents.get(1).line()).isBetween(3, 4);
        assertThat(documents.get(2)).isInstanceOf(Document.Read.class);
        assertThat(documents.get(2).line()).isEqualTo(5);
    }

    @Test
    void mergesWhatIsNotWritten() {
        Node root = only("x: &d {a: 1, b: 2}\ny:\n  <<: *d\n  b: 3\n");
        Node y = root.get("y").orElseThrow();
        assertThat(y.textAt("a")).contains("1");
        assertThat(y.textAt("b")).contains("3");
    }

    @Test
    void refusesAnAliasInsideOfItsAnchor() {
        assertThat(reader.read("a: &x\n  b: *x\n"))
                .singleElement()
                .isEqualTo(new Document.Broken(2, 6, "the alias *x stands inside of its own anchor"));
    }

    @Test
    void refusesABillionLaughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(",", java.util.Collections.nCopies(10, "*a" + (i - 1))))
                    .append("]\n");
        }
        assertThat(reader.read(bomb.toString())).singleElement().isInstanceOf(Document.Broken.class);
    }

    @Test
    void refusesToNestWithoutEnd() {
        assertThat(reader.read("[".repeat(10_000))).singleElement().isInstanceOf(Document.Broken.class);
    }

    @Test
    void namesRepeatedKeys() {
        Node.Mapping root = (Node.Mapping) only("a: 1\nb: 2\na: 3\n");
        assertThat(root.repeatedKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.place().line()).isEqualTo(3));
        assertThat(root.textAt("a")).contains("3");
    }
}
