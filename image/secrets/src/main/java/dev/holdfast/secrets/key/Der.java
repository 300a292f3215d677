package dev.holdfast.secrets.key;

/**
 * Steps over the elements of DER (ITU-T X.690): tag, length, content.
 *
 * <pre>
 * element = tag(1) length content
 * length  = 0..127 | 0x80+n followed by n bytes, big-endian, n from 1 to 4
 * </pre>
 *
 * <p>What does not fit into its parent is no element: {@link #next} answers false and nothing is read beyond. Tags above 30 are not used by
 * anything that is read here.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int OBJECT = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int tag = -1;
    private int from;

    Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Steps to the next element; false when there is none that is whole. */
    boolean next() {
        tag = -1;
        if (end - at < 2) {
            return false;
        }
        int position = at + 2;
        long length = bytes[at + 1] & 0xff;
        if (length > 0x7f) {
            int count = (int) length & 0x7f;
            if (count == 0 || count > 4 || end - position < count) {
                return false;
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | bytes[position++] & 0xff;
            }
        }
        if (length > end - position) {
            return false;
        }
        tag = bytes[at] & 0xff;
        from = position;
        at = position + (int) length;
        return true;
    }

    /** Whether the next element has this tag; steps to it. */
    boolean next(int wanted) {
        return next() && tag == wanted;
    }

    int tag() {
        return tag;
    }

    /** How many bytes of content the element has. */
    int length() {
        return at - from;
    }

    /** Where the element's content begins. */
    int from() {
        return from;
    }

    /** Where the element ends. */
    int end() {
        return at;
    }

    /** The elements inside this one. */
    Der inside() {
        return new Der(bytes, from, at);
    }

    /** The value of a short integer, or -1. */
    int number() {
        return length() == 1 ? bytes[from] : -1;
    }

    /** Whether the element's content is exactly this. */
    boolean is(byte[] content) {
        return java.util.Arrays.equals(bytes, from, at, content, 0, content.length);
    }
}
