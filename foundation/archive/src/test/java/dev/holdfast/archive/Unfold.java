package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Unfolds bytes in memory, read in pieces of all sizes, as tests need it. */
final class Unfold {
    private Unfold() {}

    /** Bytes as a source that gives them in random pieces. */
    static ByteSource source(byte[] bytes, Random random) {
        return new ByteSource() {
            private int position;

            @Override
            public int read(byte[] into, int offset, int length) {
                if (position == bytes.length) {
                    return length == 0 ? 0 : -1;
                }
                int most = Math.min(length, bytes.length - position);
                int got = Math.min(most, 1 + random.nextInt(random.nextBoolean() ? 7 : 70_000));
                System.arraycopy(bytes, position, into, offset, got);
                position += got;
                return got;
            }

            @Override
            public void close() {}
        };
    }

    static byte[] all(byte[] folded, Limits limits, long seed) throws InputException, IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ByteSource content =
                Compression.open(source(folded, random), limits).content()) {
            byte[] piece = new byte[100_000];
            while (true) {
                int offset = random.nextInt(100);
                int got = content.read(piece, offset, 1 + random.nextInt(90_000));
                if (got < 0) {
                    return out.toByteArray();
                }
                out.write(piece, offset, got);
            }
        }
    }

    static byte[] all(byte[] folded) throws InputException, IOException {
        return all(folded, Limits.DEFAULT, 1);
    }

    /** The error that bytes give; an assertion error when they give none. */
    static InputException refusal(byte[] folded) {
        try {
            byte[] content = all(folded);
            throw new AssertionError("unfolded to " + content.length + " bytes");
        } catch (InputException expected) {
            return expected;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Text-like, repetitive, random and mixed bytes, so that every coding of a compressor comes up. */
    static byte[] sample(Random random, int size) {
        byte[] bytes = new byte[size];
        int at = 0;
        while (at < size) {
            int run = Math.min(size - at, 1 + random.nextInt(5_000));
            switch (random.nextInt(4)) {
                case 0 -> {
                    for (int i = 0; i < run; i++) {
                        bytes[at + i] = (byte) ("etaoin shrdlu".charAt(random.nextInt(13)) + random.nextInt(2));
                    }
                }
                case 1 -> Arrays.fill(bytes, at, at + run, (byte) random.nextInt(3));
                case 2 -> {
                    int back = at == 0 ? 0 : random.nextInt(at);
                    for (int i = 0; i < run; i++) {
                        bytes[at + i] = bytes[back + i % Math.max(1, at - back)];
                    }
                }
                default -> {
                    for (int i = 0; i < run; i++) {
                        bytes[at + i] = (byte) random.nextInt(256);
                    }
                }
            }
            at += run;
        }
        return bytes;
    }
}
