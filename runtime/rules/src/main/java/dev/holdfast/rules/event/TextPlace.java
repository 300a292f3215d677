package dev.holdfast.rules.event;

/** Where a text lies as bytes of UTF-8. One object is filled again and again, and holds until the next event. */
public final class TextPlace {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int from;
    private int end;

    /** Turns to a part of an array, from a place up to another. */
    public void set(byte[] newBytes, int newFrom, int newEnd) {
        bytes = newBytes;
        from = newFrom;
        end = newEnd;
    }

    /** The array that it lies in. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int end() {
        return end;
    }
}
