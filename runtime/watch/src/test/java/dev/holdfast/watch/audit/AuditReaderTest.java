package dev.holdfast.watch.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.source.EventSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    private static final String ONE = event("one");
    private static final String TWO = event("two");

    private static String event(String id) {
        return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"stage\":\"ResponseComplete\",\"auditID\":\""
                + id + "\",\"stageTimestamp\":\"2026-11-22T10:00:00.000001Z\"}";
    }

    private record Outcome(List<String> ids, List<Gap> gaps) {}

    private static Outcome read(String text) throws InputException, IOException {
        return read(text, Limits.DEFAULT);
    }

    private static Outcome read(String text, Limits limits) throws InputException, IOException {
        try (AuditReader reader =
                new AuditReader("audit.log", new ByteArrayInputStream(text.getBytes(UTF_8)), limits)) {
            List<String> ids = new ArrayList<>();
            Optional<AuditEvent> event = reader.next();
            while (event.isPresent()) {
                ids.add(event.get().json().get("auditID").text().orElse(""));
                assertThat(event.get().number()).isEqualTo(ids.size());
                event = reader.next();
            }
            return new Outcome(ids, reader.gaps());
        }
    }

    @Test
    void readsOneEventALine() throws Exception {
        assertThat(read(ONE + "\n\n" + TWO)).isEqualTo(new Outcome(List.of("one", "two"), List.of()));
        assertThat(read(ONE + "\r\n" + TWO + "\r\n").ids()).containsExactly("one", "two");
    }

    @Test
    void readsAListAsTheServerSendsItToWebhooks() throws Exception {
        String list = "{\"kind\":\"EventList\",\"items\":[" + ONE + "," + TWO + "]}";
        assertThat(read(list).ids()).containsExactly("one", "two");
        assertThat(read(list + "\n" + ONE).ids()).containsExactly("one", "two", "one");
        assertThat(read("[" + ONE + ",\n" + TWO + "]").ids()).containsExactly("one", "two");
        assertThat(read("[" + list + ",[" + ONE + "]]").ids()).containsExactly("one", "two", "one");
    }

    @Test
    void readsADocumentOverManyLines() throws Exception {
        assertThat(read(ONE.replace(",", ",\n  ") + "\n" + TWO.replace("{", "{\n"))
                        .ids())
                .containsExactly("one", "two");
    }

    @Test
    void tellsABrokenLineAndReadsTheOthers() throws Exception {
        Outcome outcome = read(ONE + "\n{\"kind\":\"Event\",\"audit\n" + TWO + "\n");
        assertThat(outcome.ids()).containsExactly("one", "two");
        assertThat(outcome.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.subject()).isEqualTo("audit.log line 2");
            assertThat(gap.detail()).startsWith("not valid JSON");
        });
    }

    @Test
    void readsOnWhenTheFirstLineIsBroken() throws Exception {
        Outcome outcome = read("\"stage\":\"x\"}\n" + ONE + "\n" + TWO + "\n");
        assertThat(outcome.ids()).containsExactly("one", "two");
        assertThat(outcome.gaps()).extracting(Gap::subject).containsExactly("audit.log line 1");
    }

    @Test
    void doesNotTakeOtherJsonForAuditEvents() throws Exception {
        assertThatThrownBy(() -> read("{\"kind\": 0}"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "audit.log: holds no audit event: line 1: data not recognized as a k8s audit event (kind 0)");
        Outcome outcome = read(
                ONE + "\n{\"kind\":\"Event\",\"reason\":\"Pulled\",\"message\":\"of a cluster, not of its audit\"}");
        assertThat(outcome.ids()).containsExactly("one");
        assertThat(outcome.gaps()).hasSize(1);
    }

    @Test
    void refusesWhatIsEmptyOrNoJson() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("it is empty");
        assertThatThrownBy(() -> read("hello\nworld")).hasMessageContaining("line 1: not valid JSON");
    }

    @Test
    void passesOverALineThatIsTooLong() throws Exception {
        String huge = "{\"kind\":\"Event\",\"auditID\":\"" + "x".repeat(5_000) + "\"}";
        Outcome outcome = read(ONE + "\n" + huge + "\n" + TWO, Limits.DEFAULT.withFileBytes(1_000));
        assertThat(outcome.ids()).containsExactly("one", "two");
        assertThat(outcome.gaps()).extracting(Gap::subject).containsExactly("audit.log line 2");
    }

    @Test
    void passesOverALineThatWouldTakeAllMemory() throws Exception {
        String huge = "{\"kind\":\"Event\",\"auditID\":\"" + "x".repeat(9 << 20) + "\"}";
        Outcome outcome = read(ONE + "\n" + huge + "\n" + TWO);
        assertThat(outcome.ids()).containsExactly("one", "two");
        assertThat(outcome.gaps()).singleElement().extracting(Gap::subject).isEqualTo("audit.log line 2");
        assertThat(read("{\n" + huge + "\n" + ONE).ids()).containsExactly("one");
        assertThat(read(huge + "\n" + ONE).ids()).containsExactly("one");
    }

    /** Each of them was an object of its own once. */
    @Test
    void readsBlankLinesByTheMillion() throws Exception {
        Outcome outcome = read("\n\n{\n" + "\n".repeat(2 << 20) + ONE);
        assertThat(outcome.ids()).containsExactly("one");
        assertThat(outcome.gaps()).extracting(Gap::subject).containsExactly("audit.log line 3");
    }

    @Test
    void countsProblemsBeyondTheFirst() throws Exception {
        Outcome outcome = read(ONE + "\n" + "x\n".repeat(1_000));
        assertThat(outcome.gaps())
                .hasSize(21)
                .extracting(Gap::detail)
                .contains("1000 lines or parts in all could not be read");
    }

    /** Three bytes a value in the file are a hundred in memory; signs within a text are none. */
    @Test
    void passesOverALineOfTooManyValues() throws Exception {
        String many = "{\"kind\":\"Event\",\"auditID\":\"x\",\"a\":[" + "{},".repeat(600_000) + "{}]}";
        String text = "{\"kind\":\"Event\",\"auditID\":\"long\",\"a\":\"" + "\\\"[{,:".repeat(300_000) + "\"}";
        Outcome outcome = read(ONE + "\n" + many + "\n" + text + "\n" + TWO);
        assertThat(outcome.ids()).containsExactly("one", "long", "two");
        assertThat(outcome.gaps()).extracting(Gap::detail).containsExactly("more than 400000 values");
        assertThat(read(many + "\n" + ONE).ids()).containsExactly("one");
    }

    @Test
    void takesAnEmptyListForAList() throws Exception {
        assertThat(read("{\"kind\":\"EventList\",\"items\":[]}")).isEqualTo(new Outcome(List.of(), List.of()));
    }

    /** A log that grows may begin in the middle of an event, and be exchanged in the middle of another. */
    @Test
    void followsALogThatWasCutAndIsExchanged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("audit.log");
        Files.writeString(file, "\"stage\":\"x\"}\n" + ONE + "\n{\"kind\":\"Event\",\"aud");
        try (EventSource source = new Sources(Limits.DEFAULT, false).follow(file)) {
            assertThat(id(source)).isEqualTo("one");
            Files.move(file, folder.resolve("audit.log.1"));
            Files.writeString(file, TWO + "\n");
            assertThat(id(source)).isEqualTo("two");
            Files.writeString(file, event("half"), StandardOpenOption.APPEND);
            Files.writeString(file, "\n" + ONE + "\n", StandardOpenOption.APPEND);
            assertThat(id(source)).isEqualTo("half");
            assertThat(id(source)).isEqualTo("one");
            assertThat(source.gaps()).hasSize(2);
        }
    }

    private static String id(EventSource source) throws Exception {
        AuditEvent event = (AuditEvent) source.next().orElseThrow();
        return event.json().get("auditID").text().orElse("");
    }

    @Test
    void survivesNestingThatIsTooDeep() throws Exception {
        Outcome outcome = read(ONE + "\n" + "[".repeat(100_000) + "\n" + TWO);
        assertThat(outcome.ids()).containsExactly("one", "two");
    }
}
