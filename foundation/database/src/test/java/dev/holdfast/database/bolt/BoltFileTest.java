package dev.holdfast.database.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoltFileTest {
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private static final int MANY = 300;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void aFile() throws IOException {
        file = folder.resolve("state.db");
        SortedMap<String, Object> many = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            many.put("key-" + i, new TreeMap<>(Map.of("value", "is " + i)));
        }
        BoltWriter.write(file, new TreeMap<>(Map.of("many", many, "large", "x".repeat(100_000))));
    }

    private Optional<String> value(String key) throws InputException, IOException {
        return BoltFile.read(file, bolt -> {
            Optional<BoltFile.Bucket> bucket = bolt.bucket("many", key);
            return bucket.isEmpty() ? Optional.empty() : bolt.text(bucket.get(), "value");
        });
    }

    private List<String> keys() throws InputException, IOException {
        return BoltFile.read(file, bolt -> {
            List<String> keys = new ArrayList<>();
            bolt.visit(
                    bolt.bucket("many").orElseThrow(),
                    (key, value, isBucket) -> keys.add(BoltFile.text(key) + (isBucket ? "/" : "")));
            return keys;
        });
    }

    @Test
    void everyKeyOfManyPagesIsFoundAndListed() throws Exception {
        for (int i = 0; i < MANY; i++) {
            assertThat(value("key-" + i)).hasValue("is " + i);
        }
        for (String absent : List.of("", "a", "key-", "key-10x", "key-300", "z")) {
            assertThat(value(absent)).as(absent).isEmpty();
        }
        assertThat(keys()).hasSize(MANY).isSorted().contains("key-0/", "key-299/");
    }

    @Test
    void aValueThatTakesManyPagesIsWhole() throws Exception {
        assertThat(BoltFile.<Optional<String>>read(file, bolt -> bolt.text(bolt.root(), "large")))
                .hasValue("x".repeat(100_000));
    }

    @Test
    void aBucketIsNoValueAndAValueNoBucket() throws Exception {
        assertThat(BoltFile.<Boolean>read(
                        file, bolt -> bolt.text(bolt.root(), "many").isPresent()))
                .isFalse();
        assertThat(BoltFile.<Boolean>read(file, bolt -> bolt.bucket("large").isPresent()))
                .isFalse();
    }

    /** Branches that lead back to themselves, each of many entries: without a bound it would be a walk without end. */
    @Test
    void pagesInACircleEnd() throws Exception {
        rewriteBranches((page, at) -> {
            int count = page.getShort(at + 10);
            for (int i = 0; i < count; i++) {
                page.putLong(at + 16 + i * 16 + 8, page.getLong(at));
            }
        });
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            refused(() -> value("key-7"), "circle");
            refused(this::keys, "circle");
        });
    }

    /** Each entry of a page as long as the page: 65,535 of them would be read out of a few. */
    @Test
    void entriesThatLieOverOneAnotherAreRefused() throws Exception {
        rewriteLeaves((page, at) -> {
            int count = page.getShort(at + 10);
            for (int i = 0; i < count && count == 8; i++) {
                page.putInt(at + 16 + i * 16 + 12, 600);
            }
        });
        refused(() -> value("key-7"), "more bytes");
    }

    /** A page that has the rest of a file of many gigabytes for its own. */
    @Test
    void aPageOfAllOfAHugeFileIsRefused() throws Exception {
        rewriteLeaves((page, at) -> page.putInt(at + 12, 1 << 20));
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(8L << 30);
        }
        refused(() -> value("key-7"), "a page has");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 2 * BoltWriter.PAGE));
        refused(() -> value("key-7"), "and has 2");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        refused(() -> value("key-7"), "cut off");
        Files.write(file, new byte[0]);
        refused(() -> value("key-7"), "no bbolt database");
        refused(() -> BoltFile.read(folder, BoltFile::root), "no file");
    }

    /** Whatever is damaged: an answer, or one line; nothing else. */
    @Test
    void aDamagedDatabaseIsRefusedOrAnswers() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(SEED);
        for (int run = 0; run < 1_000; run++) {
            byte[] damaged = Arrays.copyOf(whole, run % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = 0; i < 4 && damaged.length > 0; i++) {
                int page = random.nextInt(whole.length / BoltWriter.PAGE) * BoltWriter.PAGE;
                damaged[Math.min(damaged.length - 1, page + random.nextInt(200))] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                assertThat(value("key-3").orElse("is "))
                        .as("seed %s, run %s", SEED, run)
                        .hasSizeLessThan(100);
                assertThat(keys()).hasSizeLessThan(100_000);
            } catch (InputException told) {
                assertThat(told.getMessage()).startsWith(file.toString());
            }
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    private interface Damage {
        void page(ByteBuffer file, int at);
    }

    private void rewriteBranches(Damage damage) throws IOException {
        rewrite(1, damage);
    }

    private void rewriteLeaves(Damage damage) throws IOException {
        rewrite(2, damage);
    }

    private void rewrite(int kind, Damage damage) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 3 * BoltWriter.PAGE; at < bytes.capacity(); at += BoltWriter.PAGE) {
            boolean isPage = bytes.getLong(at) == at / BoltWriter.PAGE;
            if (isPage && bytes.getShort(at + 8) == kind) {
                damage.page(bytes, at);
            }
        }
        Files.write(file, bytes.array());
    }
}
