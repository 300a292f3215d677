package dev.holdfast.inventory.format;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a UTF-8 text, without their line ends and without a byte-order mark, each at most {@link Limits#lineBytes()} long. Bytes
 * that are no UTF-8 become U+FFFD. Call {@link #advance()} before each {@link #text()}.
 */
public final class TextLines {
    private final byte[] bytes;
    private final int most;
    private int next;
    private int number;
    private String text = "";

    public TextLines(byte[] bytes, Limits limits) {
        this.bytes = bytes;
        this.most = limits.lineBytes();
        boolean isMarked =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        this.next = isMarked ? 3 : 0;
    }

    /** Goes to the next line; false at the end. */
    public boolean advance() throws InputException {
        if (next >= bytes.length) {
            return false;
        }
        int end = next;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        number++;
        if (end - next > most) {
            throw new InputException(
                    InputException.Code.LIMIT, "line " + number + " is longer than " + most + " bytes");
        }
        int shown = end > next && bytes[end - 1] == '\r' ? end - 1 : end;
        text = new String(bytes, next, shown - next, StandardCharsets.UTF_8);
        next = end + 1;
        return true;
    }

    /** The line that {@link #advance()} went to. */
    public String text() {
        return text;
    }

    /** Its number, from 1. */
    public int number() {
        return number;
    }

    /** How many blanks the line begins with; its length when it has nothing else. */
    public int indent() {
        int indent = 0;
        while (indent < text.length() && text.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }
}
