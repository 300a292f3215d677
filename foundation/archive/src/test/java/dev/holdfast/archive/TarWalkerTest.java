package dev.holdfast.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The walk itself: pieces of any size, skipping, ends. The dialects are tested where layers are, on whole images. */
class TarWalkerTest {
    /** Writes down what it is told, and wants every second entry. */
    private static final class Log implements TarSink {
        final List<String> lines = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int count;

        @Override
        public boolean entry(TarEntry entry) {
            String name = new String(entry.name(), 0, entry.nameLength(), StandardCharsets.UTF_8);
            lines.add(entry.type() + " " + name + " " + entry.size() + " at " + entry.contentOffset());
            return count++ % 2 == 0;
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            content.write(bytes, offset, length);
        }

        @Override
        public void contentEnd() {
            lines.add("content " + Arrays.hashCode(content.toByteArray()));
            content.reset();
        }
    }

    private static byte[] header(String name, char type, int size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644\0");
        put(block, 124, String.format("%011o\0", size));
        block[156] = (byte) type;
        put(block, 257, "ustar\0" + "00");
        put(block, 148, "        ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static byte[] archive(Random random, int entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < entries; i++) {
            int size = random.nextInt(3) == 0 ? 0 : random.nextInt(3_000);
            if (random.nextInt(3) == 0) {
                byte[] record = "26 path=a/long/name/of/\u00e9\n".getBytes(StandardCharsets.UTF_8);
                out.writeBytes(header("pax", 'x', record.length));
                out.writeBytes(Arrays.copyOf(record, 512));
            }
            out.writeBytes(header("file" + i, '0', size));
            byte[] content = new byte[(size + 511) / 512 * 512];
            for (int k = 0; k < size; k++) {
                content[k] = (byte) random.nextInt();
            }
            out.writeBytes(content);
        }
        out.writeBytes(new byte[1_024]);
        return out.toByteArray();
    }

    private static List<String> walk(byte[] tar, Random random) throws InputException, IOException {
        Log log = new Log();
        TarWalker walker = new TarWalker(log, Limits.DEFAULT);
        int at = 0;
        while (at < tar.length) {
            if (random.nextBoolean()) {
                int skipped = (int) Math.min(walker.skippable(), random.nextInt(4_000));
                walker.skip(skipped);
                at += skipped;
            }
            int length = Math.min(tar.length - at, random.nextInt(random.nextBoolean() ? 20 : 2_000));
            walker.accept(tar, at, length);
            at += length;
        }
        walker.finish();
        assertThat(walker.isEnded()).isTrue();
        assertThat(walker.position()).isEqualTo(tar.length);
        return log.lines;
    }

    @Test
    void piecesOfAnySizeTellTheSame() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] tar = archive(random, 20);
            Log whole = new Log();
            TarWalker walker = new TarWalker(whole, Limits.DEFAULT);
            walker.accept(tar, 0, tar.length);
            walker.finish();
            assertThat(walker.entries()).isEqualTo(20);
            assertThat(walk(tar, random)).as("seed %d", seed).isEqualTo(whole.lines);
        }
    }

    @Test
    void archiveCutOffAnywhereIsTruncatedOrEndsBetweenEntries() throws Exception {
        byte[] tar = archive(new Random(3), 4);
        for (int length = 0; length < tar.length - 1_024; length++) {
            TarWalker walker = new TarWalker(new Log(), Limits.DEFAULT);
            walker.accept(tar, 0, length);
            try {
                walker.finish();
                assertThat(walker.skippable())
                        .as("only padding may be missing, at %d", length)
                        .isLessThan(512);
            } catch (InputException truncated) {
                assertThat(truncated.code()).isEqualTo(InputException.Code.TRUNCATED);
            }
        }
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        byte[] tar = archive(new Random(3), 11);
        TarWalker walker = new TarWalker(new Log(), Limits.DEFAULT.withEntries(10));
        try {
            walker.accept(tar, 0, tar.length);
            throw new AssertionError("walked");
        } catch (InputException refused) {
            assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
        }
    }

    @Test
    void damagedArchivesNeverBreakTheWalk() throws IOException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] tar = archive(random, 6);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = tar.clone();
            int at = random.nextInt(damaged.length / 512) * 512;
            for (int i = 0; i < 5; i++) {
                damaged[at + random.nextInt(512)] = (byte) random.nextInt(256);
            }
            // A right checksum lets the damage through to where it is read.
            put(damaged, at + 148, "        ");
            int sum = 0;
            for (int i = at; i < at + 512; i++) {
                sum += damaged[i] & 0xff;
            }
            put(damaged, at + 148, String.format("%06o\0 ", sum));
            TarWalker walker = new TarWalker(new Log(), Limits.DEFAULT);
            try {
                walker.accept(damaged, 0, damaged.length);
                walker.finish();
            } catch (InputException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ", round " + round, bug);
            }
        }
    }
}
