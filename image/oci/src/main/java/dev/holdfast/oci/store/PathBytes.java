package dev.holdfast.oci.store;

import dev.holdfast.core.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Names between the bytes that a file system holds and the text that people read.
 *
 * <p>A name is read as UTF-8. A byte that is not part of valid UTF-8 becomes the lone surrogate U+DC00 + byte (U+DC80 to U+DCFF), the way
 * of PEP 383: no valid name decodes to one, so the text always leads back to the same bytes.
 */
public final class PathBytes {
    private static final int ESCAPE = 0xdc00;

    private PathBytes() {}

    /**
     * Writes a name as a normalised path without its leading slash: no empty or {@code .} segment, {@code ..} takes back the segment
     * before it and stops at the root, as container runtimes clean a name before they unpack it.
     *
     * @param path takes the result, at least {@code length} bytes
     * @return how long it is; 0 is the root
     */
    public static int normalise(byte[] name, int length, byte[] path) {
        int out = 0;
        int from = 0;
        while (from < length) {
            int to = from;
            while (to < length && name[to] != '/') {
                to++;
            }
            int size = to - from;
            if (size == 2 && name[from] == '.' && name[from + 1] == '.') {
                out = parentLength(path, out);
            } else if (size > 0 && !(size == 1 && name[from] == '.')) {
                if (out > 0) {
                    path[out++] = '/';
                }
                System.arraycopy(name, from, path, out, size);
                out += size;
            }
            from = to + 1;
        }
        return out;
    }

    /** Where the parent's path ends; 0 for the root. */
    public static int parentLength(byte[] path, int length) {
        int end = length;
        while (end > 0 && path[end - 1] != '/') {
            end--;
        }
        return Math.max(0, end - 1);
    }

    /** Where the last segment begins. */
    public static int nameStart(byte[] path, int length) {
        int start = length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return start;
    }

    public static String text(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return decode(bytes, offset, length);
            }
        }
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1); // all ASCII: the copy without a check
    }

    private static String decode(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        while (decoder.decode(in, out, true).isError()) {
            out.put((char) (ESCAPE | in.get() & 0xff));
            decoder.reset();
        }
        return out.flip().toString();
    }

    /** The bytes that {@link #text} read. */
    public static byte[] bytes(String text) {
        try {
            ByteBuffer plain = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[plain.remaining()];
            plain.get(bytes);
            return bytes;
        } catch (CharacterCodingException escaped) {
            return encodeEscaped(text);
        }
    }

    private static byte[] encodeEscaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff) {
                out.write(c & 0xff);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** Refuses limits under which the lengths of names would not fit where the index of a layer keeps them. */
    public static int checkedPathLimit(int pathBytes) throws InputException {
        if (pathBytes > Character.MAX_VALUE) {
            throw new InputException(InputException.Code.USAGE, "paths of more than 65,535 bytes are not read");
        }
        return pathBytes;
    }
}
