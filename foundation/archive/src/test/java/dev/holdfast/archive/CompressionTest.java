package dev.holdfast.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Compressed streams of every kind: whole, in several parts, cut off, damaged, and made to explode. */
class CompressionTest {
    /** {@code printf 'hello hello hello hello\n' | bzip2}, made with bzip2 1.0.8. */
    private static final byte[] HELLO_BZIP2 =
            Base64.getDecoder().decode("QlpoOTFBWSZTWW9PEPMAAAXRAAAQQAACRKAAMMACqDRxDa2HDxdyRThQkG9PEPM=");

    private static final byte[] HELLO = "hello hello hello hello\n".getBytes(StandardCharsets.US_ASCII);

    /** How a test folds bytes. */
    enum Fold {
        GZIP {
            @Override
            byte[] fold(byte[] plain) throws IOException {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(plain);
                }
                return out.toByteArray();
            }
        },
        ZSTD {
            @Override
            byte[] fold(byte[] plain) throws IOException {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream zstd = new ZstdOutputStream(out)) {
                    zstd.write(plain);
                }
                return out.toByteArray();
            }
        },
        XZ {
            @Override
            byte[] fold(byte[] plain) throws IOException {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream xz = new XZOutputStream(out, new LZMA2Options(1))) {
                    xz.write(plain);
                }
                return out.toByteArray();
            }
        };

        abstract byte[] fold(byte[] plain) throws IOException;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void kindIsToldFromMagicBytesAlone() throws IOException {
        assertThat(kindOf(Fold.GZIP.fold(HELLO))).isEqualTo(Compression.GZIP);
        assertThat(kindOf(Fold.ZSTD.fold(HELLO))).isEqualTo(Compression.ZSTD);
        assertThat(kindOf(skippable(3))).isEqualTo(Compression.ZSTD);
        assertThat(kindOf(Fold.XZ.fold(HELLO))).isEqualTo(Compression.XZ);
        assertThat(kindOf(HELLO_BZIP2)).isEqualTo(Compression.BZIP2);
        assertThat(kindOf(HELLO)).isEqualTo(Compression.NONE);
        assertThat(kindOf(new byte[0])).isEqualTo(Compression.NONE);
        assertThat(kindOf(new byte[] {0x1f, (byte) 0x8b})).isEqualTo(Compression.NONE);
        assertThat(kindOf("BZh0".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Compression.NONE);
    }

    private static Compression kindOf(byte[] bytes) {
        return Compression.of(bytes, bytes.length);
    }

    @ParameterizedTest
    @EnumSource(Fold.class)
    void whatWasFoldedUnfolds(Fold fold) throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int size : new int[] {0, 1, 7, 8, 255, 256, 1_023, 1_024, 65_536, 131_072, 131_073, 700_000}) {
            byte[] plain = Unfold.sample(random, size);
            assertThat(Unfold.all(fold.fold(plain), Limits.DEFAULT, seed))
                    .as("seed %d, size %d", seed, size)
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(Fold.class)
    void everyMemberOfAStreamIsRead(Fold fold) throws Exception {
        byte[] plain = Unfold.sample(new Random(5), 300_000);
        byte[] folded = concat(fold.fold(HELLO), fold.fold(new byte[0]), fold.fold(plain), fold.fold(HELLO));
        assertThat(Unfold.all(folded)).isEqualTo(concat(HELLO, plain, HELLO));
    }

    @Test
    void bzip2OfItsOwnToolUnfolds() throws Exception {
        assertThat(Unfold.all(HELLO_BZIP2)).isEqualTo(HELLO);
    }

    @Test
    void skippableFramesArePassedOverWhereverTheyStand() throws Exception {
        byte[] frame = Fold.ZSTD.fold(HELLO);
        byte[] folded = concat(skippable(0), skippable(200_000), frame, skippable(5), frame, skippable(9));
        assertThat(Unfold.all(folded)).isEqualTo(concat(HELLO, HELLO));
    }

    private static byte[] skippable(int length) {
        byte[] frame = new byte[8 + length];
        byte[] head = {0x5a, 0x2a, 0x4d, 0x18, (byte) length, (byte) (length >> 8), (byte) (length >> 16), 0};
        System.arraycopy(head, 0, frame, 0, head.length);
        return frame;
    }

    @Test
    void gzipHeaderFieldsArePassedOver() throws Exception {
        byte[] plain = Fold.GZIP.fold(HELLO);
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2};
        byte[] withFields = concat(header, Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(Unfold.all(withFields)).isEqualTo(HELLO);
    }

    @Test
    void paddingBehindGzipIsPassedOver() throws Exception {
        byte[] folded = concat(Fold.GZIP.fold(HELLO), new byte[1_000]);
        assertThat(Unfold.all(folded)).isEqualTo(HELLO);
        assertThat(Unfold.all(concat(Fold.GZIP.fold(HELLO), new byte[] {0x1f, 0x7f, 3})))
                .isEqualTo(HELLO);
    }

    @ParameterizedTest
    @EnumSource(Fold.class)
    void streamCutOffAnywhereIsTruncated(Fold fold) throws IOException {
        byte[] folded = fold.fold(Unfold.sample(new Random(7), 3_000));
        for (int length = 7; length < folded.length; length += 13) {
            assertThat(Unfold.refusal(Arrays.copyOf(folded, length)).code())
                    .as("%s cut off at %d of %d", fold, length, folded.length)
                    .isEqualTo(InputException.Code.TRUNCATED);
        }
    }

    @Test
    void bzip2CutOffAnywhereIsRefused() {
        for (int length = 4; length < HELLO_BZIP2.length; length++) {
            assertThat(Unfold.refusal(Arrays.copyOf(HELLO_BZIP2, length)).code())
                    .isIn(InputException.Code.TRUNCATED, InputException.Code.MALFORMED);
        }
    }

    @Test
    void wrongChecksumsAreTold() throws IOException {
        byte[] gzip = Fold.GZIP.fold(HELLO);
        gzip[gzip.length - 8] ^= 1;
        assertThat(Unfold.refusal(gzip)).hasMessageContaining("checksum");
        byte[] size = Fold.GZIP.fold(HELLO);
        size[size.length - 4] ^= 1;
        assertThat(Unfold.refusal(size)).hasMessageContaining("promised");
        byte[] bzip2 = HELLO_BZIP2.clone();
        bzip2[10] ^= 1;
        assertThat(Unfold.refusal(bzip2).code()).isEqualTo(InputException.Code.MALFORMED);
        byte[] zstd = Fold.ZSTD.fold(HELLO);
        zstd[zstd.length - 1] ^= 1;
        assertThat(Unfold.refusal(zstd)).hasMessageContaining("checksum");
    }

    /** Whatever is done to the bytes, the answer is an error of the input or some content, never a bug. */
    @ParameterizedTest
    @EnumSource(Fold.class)
    void damagedStreamsNeverBreakTheReader(Fold fold) throws IOException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] folded = fold.fold(Unfold.sample(random, 30_000));
        for (int round = 0; round < (fold == Fold.XZ ? 100 : 400); round++) {
            byte[] damaged = damage(folded, random);
            try {
                Unfold.all(damaged, Limits.DEFAULT, round);
            } catch (InputException expected) {
                assertThat(expected.getMessage()).doesNotContain("null");
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ", round " + round, bug);
            }
        }
    }

    @Test
    void damagedBzip2NeverBreaksTheReader() throws IOException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            try {
                Unfold.all(damage(HELLO_BZIP2, random), Limits.DEFAULT, round);
            } catch (InputException expected) {
                assertThat(expected.getMessage()).doesNotContain("null");
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ", round " + round, bug);
            }
        }
    }

    private static byte[] damage(byte[] folded, Random random) {
        byte[] damaged = folded.clone();
        int start = random.nextBoolean() ? 4 : Math.min(folded.length - 1, 4 + random.nextInt(60));
        int hits = 1 + random.nextInt(4);
        for (int i = 0; i < hits; i++) {
            damaged[start + random.nextInt(folded.length - start)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    @Test
    void bombIsStoppedByItsRatio() throws IOException {
        // 32 KiB of input for each 128 MiB of zeros: raw zstd runs of 128 KiB in four bytes
        byte[] run = {2 | 0, 0, 0x10, 0};
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x58});
        for (int i = 0; i < 5_000; i++) {
            bomb.writeBytes(run);
        }
        InputException refused = Unfold.refusal(bomb.toByteArray());
        assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
        assertThat(refused).hasMessageContaining("bomb");
    }

    @Test
    void bombIsStoppedByItsSize() throws IOException {
        byte[] folded = Fold.GZIP.fold(new byte[3_000_000]);
        try {
            Unfold.all(folded, Limits.DEFAULT.withTotalBytes(1_000_000), 1);
            throw new AssertionError("unfolded");
        } catch (InputException refused) {
            assertThat(refused.code()).isEqualTo(InputException.Code.LIMIT);
        }
    }

    @Test
    void zstdThatWantsAHugeWindowIsRefusedBeforeItIsMade() {
        byte[] windowOf2Terabytes = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xff, 1, 0, 0};
        assertThat(Unfold.refusal(windowOf2Terabytes).code()).isEqualTo(InputException.Code.LIMIT);
        byte[] contentOfAllBytes = concat(
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 0});
        assertThat(Unfold.refusal(contentOfAllBytes).code()).isEqualTo(InputException.Code.LIMIT);
    }

    @Test
    void zstdOfADictionaryIsNotSupported() {
        byte[] folded = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x21, 7, 5, 1, 0, 0};
        assertThat(Unfold.refusal(folded).code()).isEqualTo(InputException.Code.UNSUPPORTED);
    }

    @Test
    void failureOfTheSourceStaysAFailureOfTheSource() throws InputException {
        for (Fold fold : Fold.values()) {
            try {
                byte[] head = Arrays.copyOf(fold.fold(HELLO), 12);
                ByteSource failing = new ByteSource() {
                    private int position;

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        if (position == head.length) {
                            throw new IOException("the disk is gone");
                        }
                        into[offset] = head[position++];
                        return 1;
                    }

                    @Override
                    public void close() {}
                };
                try (ByteSource content =
                        Compression.open(failing, Limits.DEFAULT).content()) {
                    content.readFully(new byte[100], 0, 100);
                }
                throw new AssertionError("read");
            } catch (IOException expected) {
                assertThat(expected).hasMessage("the disk is gone");
            }
        }
    }
}
