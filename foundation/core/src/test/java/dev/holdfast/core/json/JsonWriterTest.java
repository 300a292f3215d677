package dev.holdfast.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writesKeysInOrderIndentedWithLineFeeds() {
        String written = written(json -> json.object(() -> {
            json.text("b", "x").number("a", 3).number("d", 0.5).flag("f", false);
            json.texts("l", List.of("p", "q")).texts("none", List.of());
            json.object("o", () -> json.text("k", "v"));
        }));

        assertThat(written).isEqualTo("""
                        {
                          "b": "x",
                          "a": 3,
                          "d": 0.5,
                          "f": false,
                          "l": [
                            "p",
                            "q"
                          ],
                          "none": [],
                          "o": {
                            "k": "v"
                          }
                        }
                        """);
    }

    @Test
    void writesTextThatReadsBackWhateverItHolds() throws InputException {
        String hostile = "\"\\\n\u0000\u001b\u2028é世\uD83D\uDE80</script>";

        String written = written(json -> json.object(() -> json.text("t", hostile)));

        assertThat(Json.parse(written, Limits.DEFAULT).get("t").text()).contains(hostile);
    }

    @Test
    void leavesTheStreamOpenForItsOwner() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(bytes)) {
            json.object(() -> {});
        }
        bytes.write('x');

        assertThat(bytes.toString(UTF_8)).isEqualTo("{}\nx");
    }

    private static String written(Consumer<JsonWriter> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(bytes)) {
            body.accept(json);
        }
        return bytes.toString(UTF_8);
    }
}
