package dev.holdfast.secrets.unfold;

import dev.holdfast.core.Limits;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unfolds a pack of git objects from its first byte on (git's documentation, gitformat-pack):
 *
 * <pre>
 * pack   = "PACK" version(4) count(4) { object } checksum
 * object = head [ base ] zlib
 * head   = 1 byte: more(1) type(3) size(4), then while more: more(1) size(7)
 * base   = type 6: bytes while their first bit is set and one more; type 7: 20 bytes
 * </pre>
 *
 * <p>Of objects that are stored as a difference the inserted pieces are seen, which is where a new line stands.
 */
final class PackFlow {
    private enum State {
        START,
        HEAD,
        SIZE,
        OFFSET,
        BASE,
        ZLIB,
        DONE
    }

    private static final int START_SIZE = 12;
    private static final int BASE_SIZE = 20;
    private static final int OFFSET_DELTA = 6;
    private static final int REFERENCE_DELTA = 7;

    private final Entries sink;
    private final Limits limits;
    private final Inflater inflater = new Inflater();
    private final byte[] unfolded = new byte[32 << 10];
    private State state = State.START;
    private int type;
    private int passed;
    private long rest;
    private long objects;
    private long taken;
    private long given;

    PackFlow(Entries sink, Limits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    static boolean begins(byte[] bytes, int length) {
        return length > START_SIZE && bytes[0] == 'P' && bytes[1] == 'A' && bytes[2] == 'C' && bytes[3] == 'K';
    }

    void accept(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        taken += length;
        while (at < end && state != State.DONE) {
            at = state == State.ZLIB ? inflate(bytes, at, end) : step(bytes[at], at);
        }
    }

    private int step(byte b, int at) {
        switch (state) {
            case START -> {
                if (passed >= 8) {
                    rest = rest << 8 | b & 0xff;
                }
                if (++passed == START_SIZE) {
                    state = rest == 0 || rest > limits.entries() ? State.DONE : State.HEAD;
                }
            }
            case HEAD -> {
                type = b >> 4 & 7;
                state = b < 0 ? State.SIZE : afterSize();
            }
            case SIZE -> state = b < 0 ? State.SIZE : afterSize();
            case OFFSET -> state = b < 0 ? State.OFFSET : begin();
            case BASE -> state = ++passed == BASE_SIZE ? begin() : State.BASE;
            case ZLIB, DONE -> throw new IllegalStateException("no single bytes: " + state);
        }
        return at + 1;
    }

    private State afterSize() {
        passed = 0;
        return switch (type) {
            case OFFSET_DELTA -> State.OFFSET;
            case REFERENCE_DELTA -> State.BASE;
            default -> begin();
        };
    }

    private State begin() {
        inflater.reset();
        sink.begin("object " + ++objects);
        return State.ZLIB;
    }

    private int inflate(byte[] bytes, int at, int end) {
        inflater.setInput(bytes, at, end - at);
        try {
            while (!inflater.finished()) {
                int got = inflater.inflate(unfolded);
                given += got;
                if (got == 0 && inflater.finished()) {
                    break;
                }
                if (got == 0 && inflater.needsInput()) {
                    return end;
                }
                if (got == 0 || given > limits.totalBytes() || given / limits.ratio() > taken) {
                    return stop(end);
                }
                sink.content(unfolded, 0, got);
            }
        } catch (DataFormatException wrong) {
            return stop(end);
        }
        sink.end();
        state = --rest == 0 ? State.DONE : State.HEAD;
        return end - inflater.getRemaining();
    }

    private int stop(int end) {
        sink.end();
        state = State.DONE;
        return end;
    }

    void close() {
        inflater.end();
    }
}
