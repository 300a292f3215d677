package dev.holdfast.version;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A version as bytes. Comparing two keys of one scheme byte by byte, unsigned, the shorter first where one begins the other, is
 * comparing the versions as their ecosystem does; equal versions have equal keys. Keys of different schemes do not compare. They are
 * stable: stored in an advisory base, they are compared with keys made later.
 */
public final class VersionKey implements Comparable<VersionKey> {
    private final byte[] bytes;

    private VersionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps bytes that {@link #bytes()} gave earlier. */
    public static VersionKey ofBytes(byte[] bytes) {
        return new VersionKey(bytes.clone());
    }

    /** Takes over bytes that nobody else holds. */
    static VersionKey ofOwned(byte[] bytes) {
        return new VersionKey(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** The byte at that place as 0 to 255, or 0 past the end: keys are written without their trailing zeros. */
    int unsignedAt(int index) {
        return index < bytes.length ? bytes[index] & 0xff : 0;
    }

    @Override
    public int compareTo(VersionKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
