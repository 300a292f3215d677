package dev.holdfast.secrets.unfold;

import dev.holdfast.core.Limits;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unfolds a zip archive (jar, war, wheel, …) from its first byte on, as it passes by, so that nothing of it is kept. APPNOTE.TXT 6.3.10,
 * section 4.3:
 *
 * <pre>
 * archive    = { local header, name, extra, data, [ descriptor ] } directory
 * header     = "PK" 3 4, version(2), flags(2), method(2), time(4), crc(4), compressed(4), size(4), name length(2), extra length(2)
 * descriptor = [ "PK" 7 8 ] crc(4) compressed(4 | 8) size(4 | 8)      when bit 3 of the flags is set
 * </pre>
 *
 * <p>All numbers are little-endian. The directory ends the reading. What cannot be followed this way (a stored entry whose length comes only
 * afterwards, another method, an encrypted entry of unknown length) ends it too, with the reason in {@link #problem()}.
 */
final class ZipFlow {
    private enum State {
        HEADER,
        NAME,
        STORED,
        DEFLATED,
        SKIPPED,
        DESCRIPTOR,
        DONE
    }

    private static final int HEADER_SIZE = 30;
    private static final int LOCAL = 0x04034b50;
    private static final int DIRECTORY = 0x02014b50;
    private static final int DESCRIPTOR_MAGIC = 0x08074b50;
    private static final int FLAG_ENCRYPTED = 1;
    private static final int FLAG_DESCRIPTOR = 8;
    private static final int DEFLATE = 8;
    private static final long ALL_ONES = 0xffffffffL;

    private final Entries sink;
    private final Limits limits;
    private final Inflater inflater = new Inflater(true);
    private final byte[] unfolded = new byte[32 << 10];
    private byte[] collected = new byte[512];
    private int have;
    private int need = HEADER_SIZE;
    private State state = State.HEADER;
    private int flags;
    private int method;
    private long remaining;
    private int nameLength;
    private boolean isLarge;
    private boolean isInside;
    private boolean wasLeft;
    private long entries;
    private long taken;
    private long given;
    private Optional<String> problem = Optional.empty();

    ZipFlow(Entries sink, Limits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    /** Whether the bytes begin as an archive with at least one entry does. */
    static boolean begins(byte[] bytes, int length) {
        return length >= 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /** Begins anew with another archive. */
    void begin() {
        have = 0;
        need = HEADER_SIZE;
        state = State.HEADER;
        entries = 0;
        taken = 0;
        given = 0;
        isInside = false;
        wasLeft = false;
        problem = Optional.empty();
    }

    /** Why reading stopped before the directory; empty when it did not. */
    Optional<String> problem() {
        return problem;
    }

    /** Takes the next bytes of the archive. */
    void accept(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        taken += length;
        while (at < end && state != State.DONE) {
            at = switch (state) {
                case HEADER, NAME, DESCRIPTOR -> collect(bytes, at, end);
                case STORED, SKIPPED -> pass(bytes, at, end);
                case DEFLATED -> inflate(bytes, at, end);
                case DONE -> end;
            };
        }
    }

    /** No more bytes come. */
    void finish() {
        if (isInside) {
            isInside = false;
            sink.end();
            problem = Optional.of("it is cut off");
        }
        state = State.DONE;
    }

    void close() {
        inflater.end();
    }

    private int collect(byte[] bytes, int at, int end) {
        int count = Math.min(need - have, end - at);
        System.arraycopy(bytes, at, collected, have, count);
        have += count;
        if (have == need) {
            switch (state) {
                case HEADER -> header();
                case NAME -> name();
                case DESCRIPTOR -> descriptor();
                case STORED, DEFLATED, SKIPPED, DONE -> throw new IllegalStateException("nothing to collect: " + state);
            }
        }
        return at + count;
    }

    private void header() {
        if (i32(0) != LOCAL) {
            if (wasLeft && i32(0) != DIRECTORY) {
                stop("an entry does not end where its header says");
            }
            state = State.DONE; // the directory
            return;
        }
        wasLeft = false;
        if (++entries > limits.entries()) {
            stop("it holds more than " + limits.entries() + " entries");
            return;
        }
        flags = u16(6);
        method = u16(8);
        remaining = i32(18) & ALL_ONES;
        nameLength = u16(26);
        int extraLength = u16(28);
        state = State.NAME;
        want(nameLength + extraLength);
        if (need == 0) {
            name();
        }
    }

    private void want(int count) {
        have = 0;
        need = count;
        if (collected.length < count) {
            collected = new byte[count];
        }
    }

    private void name() {
        String name = new String(collected, 0, nameLength, java.nio.charset.StandardCharsets.UTF_8);
        readExtra();
        boolean isLengthKnown = (flags & FLAG_DESCRIPTOR) == 0 || remaining > 0;
        if ((flags & FLAG_ENCRYPTED) != 0) {
            skipOrStop(isLengthKnown, name + " is encrypted");
        } else if (method == DEFLATE) {
            inflater.reset();
            state = State.DEFLATED;
            begin(name);
        } else if (method == 0 && isLengthKnown) {
            state = State.STORED;
            begin(name);
            if (remaining == 0) {
                endEntry();
            }
        } else if (method == 0) {
            stop(name + " is stored without its length");
        } else {
            skipOrStop(isLengthKnown, name + " is compressed by method " + method);
        }
    }

    /** The lengths of an archive of more than 4 GiB stand in the field 1 of the extra part. */
    private void readExtra() {
        isLarge = false;
        int at = nameLength;
        while (need - at >= 4) {
            int size = u16(at + 2);
            if (u16(at) == 1 && size >= 16 && need - at >= 20) {
                isLarge = true;
                remaining = remaining == ALL_ONES ? Math.max(0, i64(at + 12)) : remaining;
            }
            at += 4 + size;
        }
    }

    private void begin(String name) {
        isInside = true;
        sink.begin(name);
    }

    private void skipOrStop(boolean isLengthKnown, String why) {
        if (isLengthKnown) {
            state = State.SKIPPED;
            if (remaining == 0) {
                endEntry();
            }
        } else {
            stop(why);
        }
    }

    private void stop(String why) {
        problem = Optional.of(why);
        state = State.DONE;
        if (isInside) {
            isInside = false;
            sink.end();
        }
    }

    private int pass(byte[] bytes, int at, int end) {
        int count = (int) Math.min(remaining, end - at);
        if (state == State.STORED) {
            sink.content(bytes, at, count);
        }
        remaining -= count;
        if (remaining == 0) {
            endEntry();
        }
        return at + count;
    }

    private int inflate(byte[] bytes, int at, int end) {
        inflater.setInput(bytes, at, end - at);
        try {
            while (!inflater.finished()) {
                int got = inflater.inflate(unfolded);
                given += got;
                if (got > 0) {
                    sink.content(unfolded, 0, got);
                }
                if (given > limits.totalBytes() || given / limits.ratio() > taken) {
                    stop("it unfolds to more than " + given + " bytes");
                    return end;
                }
                if (isLeft()) {
                    return leave(end);
                }
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return inflater.needsDictionary() ? broken(end) : end;
                }
            }
        } catch (DataFormatException wrong) {
            return broken(end);
        }
        int rest = inflater.getRemaining();
        endEntry();
        return end - rest;
    }

    private boolean isLeft() {
        return (flags & FLAG_DESCRIPTOR) == 0
                && remaining >= inflater.getBytesRead()
                && !inflater.finished()
                && sink.hasEnough();
    }

    /** Passes over the rest of an entry. */
    private int leave(int end) {
        remaining -= inflater.getBytesRead();
        wasLeft = true;
        if (remaining == 0) {
            endEntry();
        } else {
            state = State.SKIPPED;
        }
        return end - inflater.getRemaining();
    }

    private int broken(int end) {
        stop("an entry does not unfold");
        return end;
    }

    private void endEntry() {
        if (isInside) {
            isInside = false;
            sink.end();
        }
        boolean hasDescriptor = (flags & FLAG_DESCRIPTOR) != 0;
        state = hasDescriptor ? State.DESCRIPTOR : State.HEADER;
        want(hasDescriptor ? 4 : HEADER_SIZE);
    }

    private void descriptor() {
        int sizes = isLarge ? 16 : 8;
        if (have == 4) {
            need = i32(0) == DESCRIPTOR_MAGIC ? 8 + sizes : 4 + sizes;
            return;
        }
        state = State.HEADER;
        want(HEADER_SIZE);
    }

    private int u16(int at) {
        return collected[at] & 0xff | (collected[at + 1] & 0xff) << 8;
    }

    private int i32(int at) {
        return u16(at) | u16(at + 2) << 16;
    }

    private long i64(int at) {
        return i32(at) & ALL_ONES | (long) i32(at + 4) << 32;
    }
}
