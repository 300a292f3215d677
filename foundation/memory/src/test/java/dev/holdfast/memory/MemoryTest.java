package dev.holdfast.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts in a folder: found whole, or not at all. */
class MemoryTest {
    private static final Digest ABOUT = Digest.sha256(new byte[] {7});
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @TempDir
    Path folder;

    private Memory memory() {
        return new Memory(folder.resolve("facts"), "v1", () -> NOW);
    }

    private static FactWriter fact(String text) {
        return new FactWriter().text(text);
    }

    private static String known(Memory memory, Digest about) throws DamagedFactsException {
        var found = memory.find(Shelf.LAYERS, about);
        return found.isPresent() ? found.get().text() : "";
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void findsWhatWasKeptAndForgetsWhatItReplaced() throws Exception {
        memory().keep(Shelf.LAYERS, ABOUT, fact("first"));
        memory().keep(Shelf.LAYERS, ABOUT, fact("second"));

        assertThat(known(memory(), ABOUT)).isEqualTo("second");
        assertThat(memory().find(Shelf.NOTES, ABOUT)).isEmpty();
        assertThat(memory().find(Shelf.LAYERS, Digest.sha256(new byte[] {8}))).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void knowsNothingOfWhatAnotherVersionFoundOut() {
        memory().keep(Shelf.LAYERS, ABOUT, fact("old"));

        assertThat(new Memory(folder.resolve("facts"), "v2", () -> NOW).find(Shelf.LAYERS, ABOUT))
                .isEmpty();
    }

    @Test
    void ignoresAFactWithAnyByteChangedAndReplacesIt() throws Exception {
        memory().keep(Shelf.LAYERS, ABOUT, fact("the truth"));
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(file, bad);
            assertThat(memory().find(Shelf.LAYERS, ABOUT)).as("byte " + i).isEmpty();
        }
        memory().keep(Shelf.LAYERS, ABOUT, fact("the truth"));
        assertThat(known(memory(), ABOUT)).isEqualTo("the truth");
    }

    @Test
    void ignoresAFactCutOffAnywhere() throws Exception {
        memory().keep(Shelf.LAYERS, ABOUT, fact("the truth"));
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThat(memory().find(Shelf.LAYERS, ABOUT))
                    .as("length " + length)
                    .isEmpty();
        }
    }

    @Test
    void ignoresAFactThatLiesWhereAnotherBelongs() throws Exception {
        Digest other = Digest.sha256(new byte[] {8});
        memory().keep(Shelf.LAYERS, ABOUT, fact("about one"));
        Path file = files().getFirst();
        Files.move(file, file.resolveSibling(other.hex()));

        assertThat(memory().find(Shelf.LAYERS, other)).isEmpty();
    }

    @Test
    void keepsLargeFactsWithoutHoldingThem() throws Exception {
        byte[] piece = new byte[100_000];
        memory().keep(Shelf.CONTENTS, ABOUT, fact("head"), new Memory.Tail() {
            @Override
            public long length() {
                return 20L * piece.length;
            }

            @Override
            public void writeTo(Memory.Pieces out) throws IOException {
                for (int i = 0; i < 20; i++) {
                    out.take(piece, 0, piece.length);
                }
            }
        });

        FactReader facts = memory().find(Shelf.CONTENTS, ABOUT).orElseThrow();

        assertThat(facts.text()).isEqualTo("head");
        assertThat(facts.rest().remaining()).isEqualTo(2_000_000);
    }

    @Test
    void keepsNothingOfWhatCouldNotBeWrittenToItsEnd() throws Exception {
        memory().keep(Shelf.CONTENTS, ABOUT, fact("head"), new Memory.Tail() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public void writeTo(Memory.Pieces out) throws IOException {
                out.take(new byte[9], 0, 9);
            }
        });

        assertThat(files()).isEmpty();
    }

    @Test
    void prunesWhatWasUsedLongestAgo() throws Exception {
        Memory memory = memory();
        for (int i = 0; i < 10; i++) {
            memory.keep(Shelf.LAYERS, digest(i), fact("x".repeat(1_000)));
            Path file = folder.resolve("facts/v1/layers").resolve(digest(i).hex());
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(10 - i))));
        }
        assertThat(memory.find(Shelf.LAYERS, digest(0))).isPresent(); // used now

        memory.prune(new ByteSize(3_500));

        assertThat(memory.find(Shelf.LAYERS, digest(0))).isPresent();
        assertThat(memory.find(Shelf.LAYERS, digest(1))).isEmpty();
        assertThat(memory.find(Shelf.LAYERS, digest(9))).isPresent();
        assertThat(memory.usage().size().bytes()).isLessThanOrEqualTo(3_500);
    }

    private static Digest digest(int number) {
        return Digest.sha256(new byte[] {(byte) number});
    }

    @Test
    void removesWhatAKilledProgramLeftBehindButNotWhatIsBeingWritten() throws Exception {
        Path shelf = Files.createDirectories(folder.resolve("facts/v1/layers"));
        Path old = Files.writeString(shelf.resolve(".new-1"), "half");
        Path fresh = Files.writeString(shelf.resolve(".new-2"), "half");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(1))));
        Files.setLastModifiedTime(fresh, FileTime.from(NOW));

        memory().prune(new ByteSize(1_000_000));

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void clearsEverythingAndFollowsNoLinkOutOfItsFolder() throws Exception {
        memory().keep(Shelf.LAYERS, ABOUT, fact("mine"));
        Path theirs = Files.createDirectories(folder.resolve("theirs/layers"));
        Path precious = Files.writeString(theirs.resolve("precious"), "x");
        Files.createSymbolicLink(folder.resolve("facts/linked"), folder.resolve("theirs"));

        memory().clear();

        assertThat(memory().find(Shelf.LAYERS, ABOUT)).isEmpty();
        assertThat(precious).exists();
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        memory().keep(Shelf.LAYERS, ABOUT, fact("private"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("facts"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void isOnlySlowerWhereItCannotWrite() throws Exception {
        Files.writeString(folder.resolve("facts"), "a file where the folder should be");

        memory().keep(Shelf.LAYERS, ABOUT, fact("lost"));

        assertThat(memory().find(Shelf.LAYERS, ABOUT)).isEmpty();
    }

    @Test
    void servesManyWritersAndReadersAtOnce() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int own = i % 5;
                all.add(pool.submit(() -> {
                    memory().keep(Shelf.LAYERS, digest(own), fact("fact " + own));
                    memory().prune(new ByteSize(1_000_000));
                    String known = known(memory(), digest(own));
                    return known.equals("fact " + own);
                }));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void saysNothingAndKeepsNothingWhenItIsOff() {
        Memory.NONE.keep(Shelf.LAYERS, ABOUT, fact("nothing"));

        assertThat(Memory.NONE.find(Shelf.LAYERS, ABOUT)).isEmpty();
        assertThat(Memory.NONE.isOn()).isFalse();
    }
}
