package dev.holdfast.respond.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.respond.Action;
import dev.holdfast.respond.journal.Entry.Settings;
import dev.holdfast.respond.journal.Entry.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    @Test
    void saysWhenWhatKeepsItsEndIsGone() throws IOException {
        Path head = file.resolveSibling("journal.head");
        for (String text : List.of("", "nonsense", "4 sha256:no", "x".repeat(1_000_000))) {
            Files.writeString(head, text);
            assertThat(Journal.read(file).problems()).singleElement().asString().contains("cannot be told");
        }
        Files.delete(head);
        assertThat(Journal.read(file).isSound()).isFalse();
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

    /** What {@code --journal} names by mistake. */
    @Test
    void neitherAddsToNorCutsAFileThatIsNoJournal() throws IOException {
        byte[] key = new byte[4096];
        new Random(7).nextBytes(key);
        for (byte[] content : List.of(
                key, "root:x:0:0\n".getBytes(StandardCharsets.UTF_8), "{\"a\":1}".getBytes(StandardCharsets.UTF_8))) {
            Path foreign = folder.resolve("foreign");
            Files.write(foreign, content);
            assertThatThrownBy(() -> Journal.open(foreign, CLOCK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is no journal of holdfast");
            assertThat(Files.readAllBytes(foreign)).isEqualTo(content);
        }
    }

    @Test
    void followsNoLinks() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "");
        Path link = Files.createSymbolicLink(folder.resolve("linked"), secret);
        assertThatThrownBy(() -> Journal.open(link, CLOCK)).isInstanceOf(IOException.class);
        Path other = folder.resolve("other");
        Files.createSymbolicLink(folder.resolve("other.head.new"), secret);
        try (Journal journal = Journal.open(other, CLOCK)) {
            assertThatThrownBy(() -> journal.note("a")).isInstanceOf(IOException.class);
        }
        assertThat(secret).isEmptyFile();
        assertThatThrownBy(() -> Journal.open(folder, CLOCK)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Journal.read(Path.of("/dev/zero"))).hasMessageContaining("no plain file");
    }

    @Test
    void reachesNoLongerThanItMayForAHugeFile() throws IOException {
        Path huge = folder.resolve("huge");
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertThatThrownBy(() -> Journal.read(huge)).hasMessageContaining("more than 9 MiB");
        assertThatThrownBy(() -> Journal.open(huge, CLOCK)).hasMessageContaining("more than 9 MiB");
    }

    /** Where the machine lost its power there may be room for a line that was never filled. */
    @Test
    void takesOutALineOfZeros() throws IOException {
        Files.write(file, new byte[300], StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(file, CLOCK)) {
            assertThat(journal.history().entries().getLast().text()).contains("a line of 300 bytes");
        }
        assertThat(Journal.read(file).isSound()).isTrue();
    }

    /** Each of them would otherwise be met as a deed by whoever asks what is in force. */
    @Test
    void refusesLinesThatDoNotSayWhatTheyAreAbout() throws IOException {
        String head = "{\"schema\":\"holdfast-journal/1\",\"number\":5,\"time\":\"2026-11-26T12:00:00Z\",";
        String target = "\"target\":{\"container\":\"a\",\"group\":\"/a\",\"groupId\":1}";
        for (String rest : List.of(
                "\"kind\":\"intent\"}",
                "\"kind\":\"intent\",\"action\":\"freeze\"}",
                "\"kind\":\"intent\",\"action\":\"shoot\"," + target + "}",
                "\"kind\":\"undo\",\"action\":\"freeze\"," + target + "}",
                "\"kind\":\"outcome\",\"of\":-1}",
                "\"kind\":\"intent\",\"action\":\"freeze\"," + target.replace("/a", "/a\\u0000b") + "}")) {
            Path copy = folder.resolve("copy");
            Files.writeString(copy, Files.readString(file) + head + rest + "\n");
            History history = Journal.read(copy);
            assertThat(history.entries()).as(rest).hasSize(4);
            assertThat(history.problems()).as(rest).anyMatch(problem -> problem.startsWith("line 5: "));
        }
    }

    @Test
    void followsNoCircleToTheFirstEntry() throws IOException {
        try (Journal journal = Journal.open(file, CLOCK)) {
            for (String before : List.of("entry 5", "entry 99", "entry 99999999999999999999", "entry 1")) {
                journal.intent(Action.HOLD, WEB, before, Settings.NONE, "me", "");
            }
            History history = journal.history();
            assertThat(history.first(history.entries().get(4)).number()).isEqualTo(5);
            assertThat(history.first(history.entries().get(6)).number()).isEqualTo(7);
            assertThat(history.first(history.entries().get(7)).number()).isEqualTo(1);
        }
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
