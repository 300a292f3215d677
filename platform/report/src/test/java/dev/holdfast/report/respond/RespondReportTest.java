package dev.holdfast.report.respond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.report.OwnSchema;
import dev.holdfast.report.form.Ink;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.Outcome.Result;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import dev.holdfast.respond.journal.History;
import dev.holdfast.respond.journal.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RespondReportTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Outcome DONE = new Outcome(
            Result.DONE,
            "freeze",
            "we\u001b[31mb",
            "/docker/id",
            OptionalLong.of(7),
            "frozen: 3 processes stand still",
            List.of("a note"));
    private static final Outcome REFUSED = new Outcome(
            Result.REFUSED,
            "kill",
            "dns",
            "/kubepods/dns",
            OptionalLong.empty(),
            "never touched: it is needed",
            List.of());

    @TempDir
    Path folder;

    private History history() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.open(file, InstantSource.fixed(NOON))) {
            long entry = journal.intent(
                    Action.FREEZE, new Subject("id", "web", "", "", "/docker/id", 42), "", Settings.NONE, "me", "why");
            journal.outcome(entry, "done", "frozen");
        }
        return Journal.read(file);
    }

    @Test
    void tellsOutcomesAndHowToGoBack() {
        assertThat(TerminalRespond.outcomes(List.of(DONE, REFUSED), true, Ink.PLAIN))
                .isEqualTo("""
                we\\u001b[31mb: frozen: 3 processes stand still
                    a note
                    entry 7; back: holdfast respond undo 7 --act
                dns: never touched: it is needed
                """);
    }

    @Test
    void tellsWhatIsInForce() {
        InForce frozen = new InForce(
                Action.FREEZE, "web", "/docker/id", List.of(1L, 3L), Optional.of(NOON), "me", List.of("a note"));
        assertThat(TerminalRespond.inForce(List.of(frozen), Ink.PLAIN)).isEqualTo("""
                frozen       web   since 2026-11-26 12:00:00Z
                    entries 1, 3 by me
                    a note
                """);
    }

    @Test
    void listsTheJournal() throws IOException {
        assertThat(TerminalRespond.history(history(), Ink.PLAIN))
                .startsWith(
                        "    1  2026-11-26 12:00:00Z  intent freeze web\n    2  2026-11-26 12:00:00Z  outcome of 1: done\n2 lines, which hold together.");
    }

    @Test
    void everyDocumentFitsTheSchema() throws Exception {
        InForce cut = new InForce(Action.DISCONNECT, "", "group 42", List.of(), Optional.empty(), "", List.of("ended"));
        ByteArrayOutputStream outcomes = new ByteArrayOutputStream();
        JsonRespond.outcomes(List.of(DONE, REFUSED), true, "0.1.0", outcomes);
        ByteArrayOutputStream inForce = new ByteArrayOutputStream();
        JsonRespond.inForce(List.of(cut), history(), "0.1.0", inForce);
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        JsonRespond.history(history(), "0.1.0", entries);
        for (ByteArrayOutputStream document : List.of(outcomes, inForce, entries)) {
            assertThat(OwnSchema.violations("holdfast-respond-1.json", document.toByteArray()))
                    .isEmpty();
        }
        JsonValue first = dev.holdfast.core.json.Json.parse(outcomes.toByteArray(), dev.holdfast.core.Limits.DEFAULT)
                .get("outcomes")
                .elements()
                .getFirst();
        assertThat(first.get("entry").integer()).contains(7L);
    }
}
