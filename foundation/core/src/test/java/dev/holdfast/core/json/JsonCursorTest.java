package dev.holdfast.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonCursorTest {
    @Test
    void walksMembersWithTheirLinesAndSkipsWhatIsNotAskedFor() throws Exception {
        List<String> seen = new ArrayList<>();
        try (JsonCursor cursor =
                open("{\n \"a\": [1, {\"x\": 2}],\n \"b\": {\"c\": \"d\", \"e\": true},\n \"f\": null}")) {
            assertThat(cursor.enterObject()).isTrue();
            while (cursor.nextMember()) {
                if (cursor.name().equals("b") && cursor.enterObject()) {
                    while (cursor.nextMember()) {
                        seen.add(cursor.name() + "=" + cursor.text().orElse("?") + "@" + cursor.line());
                    }
                } else {
                    seen.add(cursor.name() + "@" + cursor.line());
                    cursor.skip();
                }
            }
        }
        assertThat(seen).containsExactly("a@2", "c=d@3", "e=?@3", "f@4");
    }

    @Test
    void enteringWhatIsNoObjectPassesOverIt() throws Exception {
        try (JsonCursor cursor = open("[1,2]")) {
            assertThat(cursor.enterObject()).isFalse();
        }
    }

    @Test
    void aDocumentCutOffIsAnInputError() throws Exception {
        try (JsonCursor cursor = open("{\"a\": \"b")) {
            assertThat(cursor.enterObject()).isTrue();
            assertThatThrownBy(() -> {
                        cursor.nextMember();
                        cursor.text();
                    })
                    .isInstanceOf(InputException.class);
        }
        try (JsonCursor cursor = open("")) {
            assertThat(cursor.enterObject()).isFalse();
        }
    }

    @Test
    void nestingBeyondTheLimitIsRefused() throws Exception {
        String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
        try (JsonCursor cursor = open(deep)) {
            assertThat(cursor.enterObject()).isTrue();
            assertThat(cursor.nextMember()).isTrue();
            assertThatThrownBy(cursor::skip).isInstanceOf(InputException.class).hasMessageContaining("JSON");
        }
    }

    @Test
    void encodingThatNobodyUsesIsMalformed() {
        byte[] strange = {0, 0x55, 0, 0};
        assertThatThrownBy(() -> JsonCursor.open(strange, Limits.DEFAULT)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> JsonCursor.openRelaxed(strange, Limits.DEFAULT))
                .isInstanceOf(InputException.class);
    }

    private static JsonCursor open(String text) throws Exception {
        return JsonCursor.open(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
