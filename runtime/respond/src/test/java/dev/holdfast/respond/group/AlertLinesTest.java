package dev.holdfast.respond.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlertLinesTest {
    private static final String WEB = "{\"rule\":\"Shell\",\"container\":{\"id\":\"0123abcd\",\"name\":\"web\"}}\n";
    private static final String HOST = "{\"rule\":\"Shell\"}\n";

    private static String container(String lines) throws InputException {
        return AlertLines.container(lines.getBytes(StandardCharsets.UTF_8), "alerts.jsonl", Limits.DEFAULT);
    }

    @Test
    void takesTheOneContainer() throws InputException {
        assertThat(container(WEB)).isEqualTo("0123abcd");
        assertThat(container(HOST + "\n" + WEB + WEB)).isEqualTo("0123abcd");
    }

    @Test
    void guessesNothing() {
        assertThatThrownBy(() -> container(HOST)).hasMessageContaining("no alert in it tells which container");
        assertThatThrownBy(() -> container("")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> container(WEB + WEB.replace("0123", "4567")))
                .hasMessageContaining("0123abcd, 4567abcd");
    }

    /** Whoever writes alerts is not to name containers in other ways. */
    @Test
    void takesNothingForAnIdThatIsNone() {
        for (String id : new String[] {"pid:1", "kube-system/dns", "../web", "a b", "a\\u0000", "a\\u001b[2J"}) {
            assertThatThrownBy(() -> container(WEB.replace("0123abcd", id)))
                    .as(id)
                    .hasMessageContaining("an id that no engine gives");
        }
    }

    @Test
    void saysWhichLineIsNoAlert() {
        assertThatThrownBy(() -> container(WEB + "{\"rule\":")).hasMessageContaining("alerts.jsonl: line 2");
        assertThatThrownBy(() -> container("[]")).hasMessageContaining("line 1 is no alert");
        assertThatThrownBy(() -> container("[".repeat(100_000))).isInstanceOf(InputException.class);
    }
}
