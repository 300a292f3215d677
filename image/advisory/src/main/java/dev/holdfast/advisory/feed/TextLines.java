package dev.holdfast.advisory.feed;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a UTF-8 text, without their {@code \n} or {@code \r\n}, each at most {@link Limits#lineBytes()} long. Bytes that are no
 * UTF-8 become U+FFFD. Call {@link #advance()} before each {@link #text()}.
 */
public final class TextLines {
    /** Small, because feeds of one small file a record make one reader each. */
    private static final int CHUNK = 1 << 13;

    private final InputStream in;
    private final int most;
    private final byte[] chunk = new byte[CHUNK];
    private int position;
    private int end;
    private byte[] line = new byte[512];
    private String text = "";
    private int number;

    public TextLines(InputStream in, Limits limits) {
        this.in = in;
        this.most = limits.lineBytes();
    }

    /** Goes to the next line; false at the end. */
    public boolean advance() throws InputException, IOException {
        int length = 0;
        boolean any = false;
        while (true) {
            if (position == end) {
                end = Math.max(0, in.read(chunk, 0, CHUNK));
                position = 0;
                if (end == 0) {
                    return any && finish(length);
                }
            }
            any = true;
            int from = position;
            while (position < end && chunk[position] != '\n') {
                position++;
            }
            length = append(from, position - from, length);
            if (position < end) {
                position++;
                return finish(length);
            }
        }
    }

    /** The line that {@link #advance()} went to. */
    public String text() {
        return text;
    }

    /** Its number, from 1. */
    public int number() {
        return number;
    }

    private int append(int from, int count, int length) throws InputException {
        if (count > most - length) {
            throw new InputException(
                    InputException.Code.LIMIT, "line " + (number + 1) + " is longer than " + most + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, Math.min(most, line.length * 2)));
        }
        System.arraycopy(chunk, from, line, length, count);
        return length + count;
    }

    private boolean finish(int length) {
        int shown = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        text = new String(line, 0, shown, StandardCharsets.UTF_8);
        number++;
        return true;
    }
}
