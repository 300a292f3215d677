package dev.holdfast.respond.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.respond.Action;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));
    private static final Subject WEB = new Subject("id", "we\"b\n", "shop:1", "sha256:00", "/docker/id", 42);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fourLines() throws IOException {
        file = folder.resolve("deep/journal");
        try (Journal journal = Journal.open(file, CLOCK)) {
            long first = journal.intent(
                    Action.DISCONNECT, WEB, "", new Settings(true, List.of("10.0.0.0/8")), "me", "because");
            journal.outcome(first, "done", "it is cut");
            long second = journal.intent(Action.FREEZE, WEB, "already", Settings.NONE, "me", "");
            journal.outcome(second, "already", "");
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        History history = Journal.read(file);
        assertThat(history.isSound()).isTrue();
        Entry entry = history.entry(1).orElseThrow();
        assertThat(entry.subject()).contains(WEB);
        assertThat(entry.settings()).isEqualTo(new Settings(true, List.of("10.0.0.0/8")));
        assertThat(entry.action()).contains(Action.DISCONNECT);
        assertThat(history.standing()).extracting(Entry::number).containsExactly(1L, 3L);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isEmptyWhereThereIsNone() throws IOException {
        History history = Journal.read(folder.resolve("none"));
        assertThat(history.isSound()).isTrue();
        assertThat(history.entries()).isEmpty();
    }

    @Test
    void seesAChangedLine() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replace("because", "becausE"));
        assertThat(Journal.read(file).problems()).singleElement().asString().contains("line 2 does not follow");
    }

    @Test
    void seesAChangedLastLine() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.writeString(
                file,
                Files.readString(file).replace(lines.getLast(), lines.getLast().replace("already", "done")));
        assertThat(Journal.read(file).problems()).singleElement().asString().contains("changed or cut off");
    }

    @Test
    void seesLinesThatWereTakenOutOrSwapped() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThat(Journal.read(file).isSound()).isFalse();
        Files.write(file, List.of(lines.get(1), lines.get(0), lines.get(2), lines.get(3)));
        assertThat(Journal.read(file).isSound()).isFalse();
        Files.write(file, lines.subList(0, 2));
        assertThat(Journal.read(file).isEndLost()).isTrue();
        Files.delete(file);
        assertThat(Journal.read(file).isEndLost()).isTrue();
    }

    /** Else the next line would make the journal look whole again. */
    @Test
    void writesDownThatItsEndWasLost() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 2));
        try (Journal journal = Journal.open(file, CLOCK)) {
            assertThat(journal.history().entries().getLast().text()).contains("changed or cut off");
        }
        assertThat(Journal.read(file).isSound()).isTrue();
    }

    @Test
    void readsAnythingWithoutFailing() throws IOException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = whole.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            History history = Journal.read(file);
            assertThat(history.standing()).as("seed %d, round %d", seed, i).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void letsOneWriteAtATime() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (Journal journal = Journal.open(file, CLOCK)) {
                    journal.note("a");
                    journal.note("b");
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        History history = Journal.read(file);
        assertThat(history.isSound()).isTrue();
        assertThat(history.lines()).isEqualTo(20);
    }
}
