package dev.holdfast.oci.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One tar header block, field by field. Begins as an empty ustar regular file of mode 0644, owner 0 and time 0; the checksum is computed
 * when the block is taken, unless it was set.
 */
public final class TarHeaderBuilder {
    private static final int CHECKSUM = 148;

    private final byte[] block = new byte[512];
    private boolean hasOwnChecksum;

    private TarHeaderBuilder() {
        octal(100, 8, 0644)
                .octal(108, 8, 0)
                .octal(116, 8, 0)
                .size(0)
                .octal(136, 12, 0)
                .type('0')
                .posix();
    }

    public static TarHeaderBuilder header() {
        return new TarHeaderBuilder();
    }

    /** The name field; at most 100 bytes. */
    public TarHeaderBuilder name(String name) {
        return name(name.getBytes(StandardCharsets.UTF_8));
    }

    public TarHeaderBuilder name(byte[] name) {
        return text(0, 100, name);
    }

    public TarHeaderBuilder mode(int mode) {
        return octal(100, 8, mode);
    }

    /** The size as eleven octal digits. */
    public TarHeaderBuilder size(long size) {
        return octal(124, 12, size);
    }

    /** The size as GNU's base-256 number. */
    public TarHeaderBuilder sizeBase256(long size) {
        return base256(124, 12, size);
    }

    public TarHeaderBuilder type(char type) {
        block[156] = (byte) type;
        return this;
    }

    /** The linkname field; at most 100 bytes. */
    public TarHeaderBuilder link(String target) {
        return text(157, 100, target.getBytes(StandardCharsets.UTF_8));
    }

    /** Magic and version of POSIX. */
    public TarHeaderBuilder posix() {
        return bytes(257, "ustar\0" + "00");
    }

    /** Magic and version of GNU tar. */
    public TarHeaderBuilder gnu() {
        return bytes(257, "ustar  \0");
    }

    /** No magic at all, as before POSIX. */
    public TarHeaderBuilder v7() {
        return bytes(257, "\0\0\0\0\0\0\0\0");
    }

    /** The prefix field of ustar; at most 155 bytes. */
    public TarHeaderBuilder prefix(String prefix) {
        return text(345, 155, prefix.getBytes(StandardCharsets.UTF_8));
    }

    /** A number as octal digits and a closing NUL. */
    public TarHeaderBuilder octal(int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        if (digits.length() >= length) {
            throw new IllegalArgumentException("does not fit: " + value);
        }
        return bytes(offset, "0".repeat(length - 1 - digits.length()) + digits + "\0");
    }

    /** A number in base 256, of which negative ones have all high bits set. */
    public TarHeaderBuilder base256(int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 1; i >= offset; i--) {
            block[i] = (byte) rest;
            rest >>= 8;
        }
        block[offset] |= (byte) 0x80;
        return this;
    }

    /** Any bytes at any place, one a character. */
    public TarHeaderBuilder bytes(int offset, String latin1) {
        byte[] raw = latin1.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(raw, 0, block, offset, raw.length);
        return this;
    }

    /** A checksum that need not be right. */
    public TarHeaderBuilder checksum(long value) {
        hasOwnChecksum = true;
        return octal(CHECKSUM, 8, value);
    }

    /** The checksum that old writers made by summing signed bytes. */
    public TarHeaderBuilder signedChecksum() {
        hasOwnChecksum = true;
        Arrays.fill(block, CHECKSUM, CHECKSUM + 8, (byte) ' ');
        long sum = 0;
        for (byte b : block) {
            sum += b;
        }
        return octal(CHECKSUM, 8, sum);
    }

    private TarHeaderBuilder text(int offset, int most, byte[] text) {
        if (text.length > most) {
            throw new IllegalArgumentException("longer than " + most + " bytes: " + text.length);
        }
        Arrays.fill(block, offset, offset + most, (byte) 0);
        System.arraycopy(text, 0, block, offset, text.length);
        return this;
    }

    /** The finished block. */
    public byte[] build() {
        byte[] built = block.clone();
        if (!hasOwnChecksum) {
            Arrays.fill(built, CHECKSUM, CHECKSUM + 8, (byte) ' ');
            int sum = 0;
            for (byte b : built) {
                sum += b & 0xff;
            }
            byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, built, CHECKSUM, 8);
        }
        return built;
    }
}
