package dev.holdfast.secrets.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads which constant fields of a class hold which texts (JVMS 4.1): the compiler puts name and value apart, and a search over the bytes
 * sees no assignment.
 *
 * <pre>
 * class = CAFEBABE, version(4), pool, access(2), this(2), super(2), count(2) { interface(2) }, count(2) { field }, …
 * pool  = count(2) { tag(1) content }     1: length(2) and bytes; 8: index(2) of the text; 5 and 6 take two numbers
 * field = access(2), name(2), type(2), count(2) { attribute }
 * attribute = name(2), length(4), content; ConstantValue has the index(2) of its value
 * </pre>
 */
final class ClassConstants {
    private static final int MAGIC = 0xcafebabe;

    /** The version of the first Java. */
    private static final int OLDEST = 45;

    private static final int TEXT = 1;
    private static final int STRING = 8;

    private ClassConstants() {}

    /** Whether the bytes begin as a class does, and not as a program of macOS for several processors. */
    static boolean begins(byte[] bytes, int length) {
        return length >= 10
                && ByteBuffer.wrap(bytes).getInt() == MAGIC
                && (ByteBuffer.wrap(bytes).getShort(6) & 0xffff) >= OLDEST;
    }

    /** Where the pool ends, behind which a class holds no text; -1 when it cannot be told, or is not all there yet. */
    static int poolEnd(byte[] bytes, int length) {
        int count = (bytes[8] & 0xff) << 8 | bytes[9] & 0xff;
        int at = 10;
        for (int i = 1; i < count; i++) {
            if (length - at < 3) {
                return -1;
            }
            int size = sizeOf(bytes[at], (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff);
            if (size < 0) {
                return -1;
            }
            at += 1 + size;
            i += bytes[at - 1 - size] == 5 || bytes[at - 1 - size] == 6 ? 1 : 0;
        }
        return at <= length ? at : -1;
    }

    /** One line {@code name = "value"} for each constant text; empty when the bytes are no class or are cut off. */
    static String lines(byte[] bytes, int length) {
        if (length < 24 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            return "";
        }
        try {
            return lines(ByteBuffer.wrap(bytes, 0, length));
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException broken) {
            return ""; // it was looked through as bytes
        }
    }

    private static String lines(ByteBuffer in) {
        in.position(8);
        int count = in.getShort() & 0xffff;
        int[] at = new int[count];
        byte[] tags = new byte[count];
        for (int i = 1; i < count; i++) {
            tags[i] = in.get();
            at[i] = in.position();
            int size = sizeOf(tags[i], in.getShort(in.position()) & 0xffff);
            if (size < 0) {
                throw new IllegalArgumentException("no tag of a constant: " + tags[i]);
            }
            in.position(in.position() + size);
            i += tags[i] == 5 || tags[i] == 6 ? 1 : 0;
        }
        in.position(in.position() + 6);
        in.position(in.position() + 2 + 2 * (in.getShort(in.position()) & 0xffff));
        StringBuilder lines = new StringBuilder();
        for (int fields = in.getShort() & 0xffff; fields > 0; fields--) {
            in.getShort();
            int name = in.getShort() & 0xffff;
            in.getShort();
            for (int attributes = in.getShort() & 0xffff; attributes > 0; attributes--) {
                boolean isConstant = text(in, at, tags, in.getShort() & 0xffff).equals("ConstantValue");
                int size = in.getInt();
                int value = isConstant ? in.getShort(in.position()) & 0xffff : 0;
                if (isConstant && tags[value] == STRING) {
                    String content = text(in, at, tags, in.getShort(at[value]) & 0xffff);
                    if (content.indexOf('"') < 0 && content.indexOf('\n') < 0) {
                        lines.append(text(in, at, tags, name))
                                .append(" = \"")
                                .append(content)
                                .append("\"\n");
                    }
                }
                in.position(Math.addExact(in.position(), size));
            }
        }
        return lines.toString();
    }

    /** @param next the two bytes behind the tag, which are the length of a text */
    private static int sizeOf(byte tag, int next) {
        return switch (tag) {
            case TEXT -> 2 + next;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            case 7, STRING, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> -1;
        };
    }

    private static String text(ByteBuffer in, int[] at, byte[] tags, int index) {
        if (tags[index] != TEXT) {
            return "";
        }
        int length = in.getShort(at[index]) & 0xffff;
        byte[] text = new byte[length];
        in.get(at[index] + 2, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
