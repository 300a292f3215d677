package dev.holdfast.secrets.search;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.secrets.catalogue.Catalogue;
import dev.holdfast.secrets.place.Origin;
import dev.holdfast.secrets.place.Sort;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Looks through the bytes of one file after another. Files of any size pass through a window of fixed size; what follows from a file as a
 * whole is looked for where all of it fits. Owned by one thread.
 */
public final class ByteScan {
    /** Fits the second-level cache; nearly all files with settings are smaller, and so are looked at as a whole too. */
    private static final int WINDOW = 256 << 10;

    /** What a value that begins in a window may need behind it: a private key of 16,384 bits. */
    private static final int AHEAD = 16 << 10;

    /** What may stand before a value and tell of it. */
    private static final int BEHIND = 2 << 10;

    /** From so many first bytes it is told what a file is. */
    private static final int HEAD = 1_024;

    private enum Mode {
        UNDECIDED,
        BYTES,
        /** UTF-16, of which each first byte is kept where the second is zero. */
        WIDE_LITTLE,
        WIDE_BIG
    }

    private final Sweep sweep;
    private final Gaps gaps;
    private final Consumer<Found> found;
    private final byte[] buffer = new byte[WINDOW];

    private String path = "";
    private Mode mode = Mode.UNDECIDED;
    private int filled;
    private int looked;
    private long position;
    private int lines;
    private boolean isClass;
    /** Where the constants of a class of a package end, behind which nothing is looked at; -1 while that is not known. */
    private int enough;

    private boolean hasHalf;
    private byte half;

    /** @param found takes what is found, in the order of the file */
    public ByteScan(Catalogue catalogue, Gaps gaps, Consumer<Found> found) {
        this.gaps = gaps;
        this.found = found;
        this.sweep = new Sweep(catalogue);
    }

    /** A file begins; one before it that did not end is forgotten. */
    public void begin(String nextPath) {
        path = nextPath;
        sweep.begin(nextPath, Origin.of(nextPath));
        mode = Mode.UNDECIDED;
        filled = 0;
        looked = 0;
        position = 0;
        lines = 0;
        isClass = false;
        enough = -1;
        hasHalf = false;
    }

    /** Where the file comes from. */
    public Origin origin() {
        return sweep.origin();
    }

    /** Takes as many of the bytes as still belong to the head; answers where those end. */
    public int takeHead(byte[] bytes, int at, int end) {
        return take(bytes, at, end, HEAD);
    }

    public boolean hasHead() {
        return filled >= HEAD;
    }

    public byte[] head() {
        return buffer;
    }

    public int headLength() {
        return filled;
    }

    /** Tells from the head, which is complete, what the bytes are. */
    public void decide() {
        mode = Mode.BYTES;
        isClass = ClassConstants.begins(buffer, filled);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == 0) {
                even += i & 1 ^ 1;
                odd += i & 1;
            }
        }
        boolean isMarkedLittle = filled >= 2 && (buffer[0] & 0xff) == 0xff && (buffer[1] & 0xff) == 0xfe;
        boolean isMarkedBig = filled >= 2 && (buffer[0] & 0xff) == 0xfe && (buffer[1] & 0xff) == 0xff;
        int most = filled / 2;
        if (isMarkedLittle || most >= 8 && odd >= most * 9 / 10 && even == 0) {
            widen(Mode.WIDE_LITTLE);
        } else if (isMarkedBig || most >= 8 && even >= most * 9 / 10 && odd == 0) {
            widen(Mode.WIDE_BIG);
        } else if (even + odd > 0) {
            sweep.begin(path, sweep.origin().asBinary());
        }
    }

    private void widen(Mode wide) {
        mode = wide;
        byte[] head = Arrays.copyOf(buffer, filled);
        filled = 0;
        takeWide(head, 0, head.length);
    }

    /** What follows the head. */
    public void content(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end) {
            at = isWide() ? takeWide(bytes, at, end) : take(bytes, at, end, WINDOW);
            if (filled == WINDOW) {
                look(filled - AHEAD);
                slide();
            }
        }
        if (isClass && enough < 0 && position == 0 && sweep.origin().isInPackage()) {
            enough = ClassConstants.poolEnd(buffer, filled);
        }
    }

    private boolean isWide() {
        return mode == Mode.WIDE_LITTLE || mode == Mode.WIDE_BIG;
    }

    private int take(byte[] bytes, int at, int end, int room) {
        int count = Math.min(room - filled, end - at);
        System.arraycopy(bytes, at, buffer, filled, count);
        filled += count;
        return at + count;
    }

    private int takeWide(byte[] bytes, int at, int end) {
        int position = at;
        while (position < end && filled < WINDOW) {
            byte next = bytes[position++];
            if (!hasHalf) {
                half = next;
                hasHalf = true;
                continue;
            }
            hasHalf = false;
            byte low = mode == Mode.WIDE_LITTLE ? half : next;
            byte high = mode == Mode.WIDE_LITTLE ? next : half;
            buffer[filled++] = high == 0 ? low : (byte) '?';
        }
        return position;
    }

    private void look(int limit) {
        if (limit > looked) {
            sweep.window(buffer, 0, looked, limit, filled, position, lines);
            looked = limit;
        }
    }

    /** Keeps what the next window needs of this one. */
    private void slide() {
        int from = looked - BEHIND;
        if (sweep.origin().sort() != Sort.BINARY) {
            lines += Window.count(buffer, 0, from);
        }
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        looked -= from;
        position += from;
    }

    /** Whether nothing that follows in this file matters. */
    public boolean hasEnough() {
        return enough >= 0;
    }

    /** The file is complete. */
    public void end() {
        look(behindTexts());
        if (position == 0) {
            WholeFiles.look(path, buffer, filled, sweep);
            lookAtConstants();
        }
        hand();
    }

    /** Where what is looked at ends: a class holds texts among its constants only, which is about half of it. */
    private int behindTexts() {
        int end = enough >= 0 || !isClass || position > 0 ? enough : ClassConstants.poolEnd(buffer, filled);
        return end < 0 ? filled : end;
    }

    private void lookAtConstants() {
        String constants = sweep.origin().isInPackage() ? "" : ClassConstants.lines(buffer, filled);
        if (!constants.isEmpty()) {
            hand();
            sweep.begin(path, new Origin(Sort.CONSTANTS, sweep.origin().isVendored(), false, false));
            sweep.text(constants.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void hand() {
        Findings findings = sweep.findings();
        if (!findings.isEmpty()) {
            findings.take().forEach(found);
            if (findings.isFull()) {
                gaps.add(
                        Gap.Code.LIMIT,
                        path,
                        "more than " + Findings.MOST + " values that look like secrets: the rest is not listed");
            }
        }
    }
}
