package dev.holdfast.watch.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Splits a stream into lines, of which it holds one at a time. A line beyond the limit is passed over and said to be too long. */
final class LineReader {
    /** What is longer than most lines is not kept room for. */
    private static final int USUAL = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long number;
    private ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL);

    /** A line without its end. */
    record Line(byte[] bytes, long number, boolean isTooLong) {
        /** Whether there is nothing in it; of one that is too long nobody knows, and somebody has to be told. */
        boolean isBlank() {
            if (isTooLong) {
                return false;
            }
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        boolean isTooLong = false;
        boolean isAny = false;
        while (fill()) {
            isAny = true;
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            if (isTooLong || line.size() + (end - at) > longest) {
                isTooLong = true;
                empty();
            } else {
                line.write(buffer, at, end - at);
            }
            boolean isEnded = end < filled;
            at = isEnded ? end + 1 : end;
            if (isEnded) {
                break;
            }
        }
        if (!isAny) {
            return Optional.empty();
        }
        number++;
        byte[] bytes = line.toByteArray();
        empty();
        return Optional.of(new Line(bytes, number, isTooLong));
    }

    private void empty() {
        if (line.size() > USUAL) {
            line = new ByteArrayOutputStream(USUAL);
        }
        line.reset();
    }

    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }
}
