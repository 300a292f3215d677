package dev.holdfast.respond.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.journal.Entry.Kind;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));
    private static final long LARGE = 30_000;
    private static final String LONG = "x".repeat(1_900);

    @TempDir
    Path folder;

    /** Writes as a journal does, without waiting for the disk at each line. */
    private final class Past {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Digest last = History.NOTHING;
        private long number;

        private long add(Kind kind, long of, String before, String result, String text) {
            boolean isDeed = kind == Kind.INTENT || kind == Kind.UNDO;
            Entry entry = new Entry(
                    ++number,
                    last.toString(),
                    CLOCK.instant(),
                    kind,
                    of,
                    isDeed ? Optional.of(Action.FREEZE) : Optional.empty(),
                    isDeed
                            ? Optional.of(new Subject("id" + number, "web", "", "", "/docker/id", 42))
                            : Optional.empty(),
                    before,
                    Settings.NONE,
                    result,
                    "me",
                    text,
                    List.of());
            last = Digest.sha256(entry.line());
            bytes.writeBytes(entry.line());
            bytes.write('\n');
            return number;
        }

        private long done(String before) {
            long intent = add(Kind.INTENT, 0, before, "", LONG);
            add(Kind.OUTCOME, intent, "", "done", "");
            return intent;
        }

        private void undone(long entry) {
            add(Kind.OUTCOME, add(Kind.UNDO, entry, "", "", ""), "", "done", "");
        }

        private Path written() throws IOException {
            Path file = folder.resolve("journal");
            Files.write(file, bytes.toByteArray());
            Files.writeString(folder.resolve("journal.head"), number + " " + last + "\n");
            return file;
        }
    }

    /** Entry 1 is in force; 3 was undone, but 5 was so by it and is in force; all behind is over. */
    private Path past(int over) throws IOException {
        Past past = new Past();
        past.done("already");
        long earlier = past.done("");
        past.done("entry " + earlier);
        past.undone(earlier);
        for (int i = 0; i < over; i++) {
            past.undone(past.done(""));
        }
        return past.written();
    }

    private static void compact(Path file) throws IOException {
        try (Journal journal = Journal.open(file, CLOCK)) {
            journal.compact(entry -> false, LARGE);
        }
    }

    @Test
    void putsAwayWhatIsOverAndKeepsWhatCanBeUndone() throws IOException {
        Path file = past(20);
        byte[] before = Files.readAllBytes(file);
        History then = Journal.read(file);
        compact(file);
        assertThat(Files.size(file)).isLessThan(12_000);
        assertThat(folder.resolve("journal.1")).hasBinaryContent(before);
        History now = Journal.read(file);
        assertThat(now.problems()).isEmpty();
        assertThat(now.standing())
                .isEqualTo(then.standing())
                .extracting(Entry::number)
                .containsExactly(1L, 5L);
        assertThat(now.first(now.entry(5).orElseThrow()).number()).isEqualTo(3);
        assertThat(now.entries().getFirst().text()).contains("lines are in journal.1 now");
        try (Journal journal = Journal.open(file, CLOCK)) {
            long undo = journal.undo(now.entry(1).orElseThrow(), "me", "");
            assertThat(undo).isEqualTo(then.number() + 2);
            journal.outcome(undo, "done", "");
        }
        assertThat(Journal.read(file).problems()).isEmpty();
        assertThat(Journal.read(file).standing()).extracting(Entry::number).containsExactly(5L);
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("journal", "journal.1", "journal.head", "journal.lock");
        }
    }

    @Test
    void compactsAgainAndDropsWhatHasEndedSince() throws IOException {
        Path file = past(20);
        compact(file);
        try (Journal journal = Journal.open(file, CLOCK)) {
            for (int i = 0; i < 15; i++) {
                journal.note(LONG);
            }
            journal.compact(entry -> entry.number() == 1, LARGE);
        }
        History now = Journal.read(file);
        assertThat(now.problems()).isEmpty();
        assertThat(now.standing()).extracting(Entry::number).containsExactly(5L);
        assertThat(now.entry(1)).isEmpty();
    }

    @Test
    void leavesASmallJournalAlone() throws IOException {
        Path file = past(3);
        byte[] before = Files.readAllBytes(file);
        compact(file);
        assertThat(file).hasBinaryContent(before);
    }

    /** Stopped between the journal and what is beside it. */
    @Test
    void holdsTogetherWhenStoppedBeforeItsEndWasWrittenDown() throws IOException {
        Path file = past(20);
        byte[] head = Files.readAllBytes(folder.resolve("journal.head"));
        compact(file);
        Files.write(folder.resolve("journal.head"), head);
        assertThat(Journal.read(file).problems()).isEmpty();
        try (Journal journal = Journal.open(file, CLOCK)) {
            journal.note("goes on");
        }
        assertThat(Journal.read(file).problems()).isEmpty();
    }

    @Test
    void seesKeptLinesThatWereChangedTakenOutOrCutOff() throws IOException {
        Path file = past(20);
        compact(file);
        try (Journal journal = Journal.open(file, CLOCK)) {
            journal.note("behind them");
        }
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"before\":\"already\"", "\"before\":\"\""));
        assertThat(Journal.read(file).problems()).singleElement().asString().contains("line 2 is not what was kept");
        List<String> without = new ArrayList<>(lines);
        without.remove(3);
        Files.write(file, without);
        assertThat(Journal.read(file).isSound()).isFalse();
        Files.write(file, lines.subList(0, 4));
        assertThat(Journal.read(file).isSound()).isFalse();
        List<String> more = new ArrayList<>(lines);
        more.add(2, lines.get(2));
        Files.write(file, more);
        assertThat(Journal.read(file).isSound()).isFalse();
        Files.write(file, lines.subList(1, lines.size()));
        assertThat(Journal.read(file).isSound()).isFalse();
    }

    @Test
    void putsNothingAwayOfAJournalThatDoesNotHoldTogether() throws IOException {
        Path file = past(3_000);
        Files.writeString(file, Files.readString(file).replaceFirst("xxx", "xyx"));
        byte[] before = Files.readAllBytes(file);
        compact(file);
        assertThat(file).hasBinaryContent(before);
        try (Journal journal = Journal.open(file, CLOCK)) {
            assertThatThrownBy(() -> journal.intent(Action.FREEZE, web(), "", Settings.NONE, "me", ""))
                    .hasMessageContaining("does not hold together");
        }
    }

    private static Subject web() {
        return new Subject("id", "web", "", "", "/docker/id", 42);
    }

    @Test
    void doesNothingNewWhenAllOfItIsInForceButUndoes() throws IOException {
        Past past = new Past();
        for (int i = 0; i < 3_800; i++) {
            past.done("");
        }
        Path file = past.written();
        assertThat(Files.size(file)).isGreaterThan(8 << 20);
        try (Journal journal = Journal.open(file, CLOCK)) {
            journal.compact(entry -> false);
            assertThatThrownBy(() -> journal.intent(Action.FREEZE, web(), "", Settings.NONE, "me", ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is still in force");
            Entry first = journal.history().entry(1).orElseThrow();
            journal.outcome(journal.undo(first, "me", ""), "done", "");
        }
        assertThat(Journal.read(file).isSound()).isTrue();
        assertThat(Journal.read(file).standing()).hasSize(3_799);
    }

    /** An alert may print whatever an attacker made of it. */
    @Test
    void cutsReasonsOfAnyLength() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.open(file, CLOCK)) {
            journal.intent(Action.FREEZE, web(), "", Settings.NONE, "m".repeat(1 << 20), "r".repeat(20 << 20));
        }
        assertThat(Files.size(file)).isLessThan(10_000);
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("rrr…");
    }

    /** {@code respond list} takes no lock. */
    @Test
    void isNeverSeenHalfWritten() throws Exception {
        Path file = past(200);
        AtomicBoolean isOver = new AtomicBoolean();
        List<String> problems = new ArrayList<>();
        Thread looking = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                try {
                    problems.addAll(Journal.read(file).problems());
                } catch (IOException failed) {
                    problems.add(String.valueOf(failed));
                }
            }
        });
        for (int i = 0; i < 20; i++) {
            try (Journal journal = Journal.open(file, CLOCK)) {
                journal.note(LONG);
                journal.compact(entry -> false, LARGE + (i < 15 ? 1L << 20 : 0));
                journal.note("b");
            }
        }
        isOver.set(true);
        looking.join();
        assertThat(problems).isEmpty();
        assertThat(Files.size(file)).isLessThan(LARGE);
    }
}
