package dev.holdfast.secrets;

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
    private static final int TEXT = 1;
    private static final int STRING = 8;

    private ClassConstants() {}

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
            in.position(in.position() + sizeOf(tags[i], in));
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

    private static int sizeOf(byte tag, ByteBuffer in) {
        return switch (tag) {
            case TEXT -> 2 + (in.getShort(in.position()) & 0xffff);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            case 7, STRING, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> throw new IllegalArgumentException("no tag of a constant: " + tag);
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
