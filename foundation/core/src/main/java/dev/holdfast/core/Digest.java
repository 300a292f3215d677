package dev.holdfast.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A content digest as the OCI image specification writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex lower-case digits, 64 or 128 of them
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final HexFormat HEX = HexFormat.of();

    public Digest {
        int digits = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> throw new IllegalArgumentException("unknown digest algorithm: " + algorithm);
        };
        if (hex.length() != digits || !isLowerHex(hex)) {
            throw new IllegalArgumentException("not a " + algorithm + " digest: " + hex);
        }
    }

    /** Reads {@code algorithm:hex}; empty when the text is not a digest we can verify. */
    public static Optional<Digest> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Digest(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    public static Digest sha256(byte[] content) {
        return ofSha256(newSha256().digest(content));
    }

    /** Wraps the 32 bytes that a finished SHA-256 gave. */
    public static Digest ofSha256(byte[] raw) {
        return new Digest("sha256", HEX.formatHex(raw));
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest newSha256() {
        return newMessageDigest("SHA-256");
    }

    /** A fresh message digest of this digest's algorithm. */
    public MessageDigest newMessageDigest() {
        return newMessageDigest(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
    }

    /** Whether the finished message digest's bytes are this digest. */
    public boolean matches(byte[] raw) {
        return HEX.formatHex(raw).equals(hex);
    }

    /** The first 12 digits, as people quote them. */
    public String brief() {
        return algorithm + ":" + hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest newMessageDigest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // both are required of every Java platform
        }
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
