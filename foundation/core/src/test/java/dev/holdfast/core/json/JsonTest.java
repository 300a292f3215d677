package dev.holdfast.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() throws InputException {
        JsonValue value = Json.parse(
                "{\"s\":\"a\\u00e9\",\"n\":12,\"d\":1.5,\"t\":true,\"z\":null,\"l\":[\"x\",2,\"y\"],\"o\":{\"k\":\"v\"}}",
                Limits.DEFAULT);

        assertThat(value.get("s").text()).contains("aé");
        assertThat(value.get("n").integer()).contains(12L);
        assertThat(value.get("d").decimal()).contains(1.5);
        assertThat(value.get("t").isTrue()).isTrue();
        assertThat(value.get("z").isAbsent()).isTrue();
        assertThat(value.get("l").texts()).containsExactly("x", "y");
        assertThat(value.at("o", "k").text()).contains("v");
        assertThat(value.members().keySet()).containsExactly("s", "n", "d", "t", "z", "l", "o");
    }

    @Test
    void answersEmptyForWhatIsAbsentOrOfAnotherKind() throws InputException {
        JsonValue value = Json.parse("{\"n\":1.5}", Limits.DEFAULT);

        assertThat(value.at("a", "b", "c").isAbsent()).isTrue();
        assertThat(value.get("n").text()).isEmpty();
        assertThat(value.get("n").integer()).isEmpty();
        assertThat(value.elements()).isEmpty();
        assertThat(value.get("n").members()).isEmpty();
    }

    @Test
    void skipsAByteOrderMark() throws InputException {
        assertThat(Json.parse("\ufeff{\"a\":\"b\"}".getBytes(UTF_8), Limits.DEFAULT)
                        .get("a")
                        .text())
                .contains("b");
    }

    @Test
    void keepsTheLastOfARepeatedName() throws InputException {
        assertThat(Json.parse("{\"a\":\"1\",\"a\":\"2\"}", Limits.DEFAULT)
                        .get("a")
                        .text())
                .contains("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "[1,",
                "[1",
                "\"abc",
                "{\"a\":1}}",
                "[] []",
                "nul",
                "'a'",
                "[01]",
                "{a:1}",
                "[1,]",
                "\"\\ud8\"",
                "[NaN]",
                "// x\n[]"
            })
    void refusesBrokenDocuments(String document) {
        assertThatThrownBy(() -> Json.parse(document, Limits.DEFAULT))
                .isInstanceOf(InputException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesBrokenUtf8() {
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'}, Limits.DEFAULT))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesNestingBeyondTheLimit() throws InputException {
        Limits limits = Limits.DEFAULT.withDepth(10);

        assertThat(Json.parse("[".repeat(10) + "]".repeat(10), limits).elements())
                .hasSize(1);
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), limits)).isInstanceOf(InputException.class);
    }

    @Test
    void refusesStringsAndNumbersBeyondTheLimit() {
        assertThatThrownBy(() -> Json.parse('"' + "a".repeat(100_000) + '"', Limits.DEFAULT.withFileBytes(1_000)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(10_000), Limits.DEFAULT)).isInstanceOf(InputException.class);
    }

    @Test
    void streamsTheElementsAtAPath() throws InputException, IOException {
        List<String> seen = new ArrayList<>();

        Json.stream(
                stream("{\"skip\":[1,{\"vulns\":[9]}],\"data\":{\"x\":1,\"vulns\":[\"a\",\"b\"]},\"late\":2}"),
                Limits.DEFAULT,
                List.of("data", "vulns"),
                (name, value) -> seen.add(name + value.text().orElse("?")));

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void streamsTheMembersOfAnObject() throws InputException, IOException {
        List<String> seen = new ArrayList<>();

        Json.streamMembers(
                stream("{\"a\":\"1\",\"l\":[\"2\",\"3\"],\"b\":[\"4\"]}"),
                Limits.DEFAULT,
                Set.of("l"),
                (name, value) -> seen.add(name + "=" + value.text().orElse("list")));

        assertThat(seen).containsExactly("a=1", "l=2", "l=3", "b=list");
    }

    @Test
    void saysThatAStreamedDocumentEndsEarly() {
        assertThatThrownBy(() ->
                        Json.streamMembers(stream("{\"l\":[\"2\","), Limits.DEFAULT, Set.of("l"), (name, value) -> {}))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(
                        () -> Json.stream(stream("{\"l\":[\"2\","), Limits.DEFAULT, List.of("l"), (name, value) -> {}))
                .isInstanceOf(InputException.class);
    }

    private static ByteArrayInputStream stream(String document) {
        return new ByteArrayInputStream(document.getBytes(UTF_8));
    }

    @Test
    void passesOverMembersThatAreNotWanted() throws Exception {
        byte[] document = "{\"a\":1,\"b\":{\"a\":[{\"c\":2}],\"d\":3},\"e\":[{\"a\":4,\"f\":5}]}".getBytes(UTF_8);
        assertThat(Json.parse(document, Limits.DEFAULT, Set.of("a")))
                .isEqualTo(Json.parse("{\"b\":{\"d\":3},\"e\":[{\"f\":5}]}", Limits.DEFAULT));
        assertThatThrownBy(() -> Json.parse("{\"a\":[1".getBytes(UTF_8), Limits.DEFAULT, Set.of("a")))
                .isInstanceOf(InputException.class);
    }
}
