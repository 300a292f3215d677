package dev.holdfast.policy.cel.value;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value of type {@code bytes}. */
public final class Bytes implements Comparable<Bytes> {
    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    public static Bytes of(byte[] octets) {
        return new Bytes(octets.clone());
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return octets.length;
    }

    public Bytes plus(Bytes other) {
        byte[] both = Arrays.copyOf(octets, Math.addExact(octets.length, other.octets.length));
        System.arraycopy(other.octets, 0, both, octets.length, other.octets.length);
        return new Bytes(both);
    }

    /** The text that these bytes are in UTF-8. */
    public String text() throws Fault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new Fault("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    public String hex() {
        return java.util.HexFormat.of().formatHex(octets);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(octets, bytes.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
