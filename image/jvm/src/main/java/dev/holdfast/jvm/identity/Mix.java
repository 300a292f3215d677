package dev.holdfast.jvm.identity;

import java.nio.charset.StandardCharsets;

/**
 * A running 64-bit hash: each value is added, multiplied by an odd number and folded, as in the finalisers of MurmurHash3. It tells honest
 * classes apart; it is no defence against somebody who builds a class to collide, who could as well copy the class.
 */
final class Mix {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SEED = 0x243F6A8885A308D3L;

    private long state = SEED;

    void add(long value) {
        state = step(state, value);
    }

    void add(String text, int from, int to) {
        long sum = state;
        for (int i = from; i < to; i++) {
            sum = step(sum, text.charAt(i));
        }
        state = step(sum, to - from);
    }

    long value() {
        return finish(state);
    }

    static long of(String text) {
        Mix mix = new Mix();
        mix.add(text, 0, text.length());
        return mix.value();
    }

    /** Of a name that may be read byte by byte: the bytes of UTF-8, from first to last. */
    static long ofBytes(String text) {
        long sum = SEED;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            sum = step(sum, each);
        }
        return finish(sum);
    }

    static long seed() {
        return SEED;
    }

    static long step(long sum, long value) {
        long next = (sum ^ value) * FACTOR;
        return next ^ next >>> 29;
    }

    static long finish(long sum) {
        long mixed = (sum ^ sum >>> 33) * 0xFF51AFD7ED558CCDL;
        return mixed ^ mixed >>> 33;
    }
}
