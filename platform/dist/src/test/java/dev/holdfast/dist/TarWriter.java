package dev.holdfast.dist;

import static dev.holdfast.dist.ShopImage.append;
import static dev.holdfast.dist.ShopImage.utf8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** A POSIX ustar archive in memory, owned by root, every time 0: the same entries give the same bytes. */
final class TarWriter {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarWriter file(String path, String text) {
        return file(path, utf8(text));
    }

    TarWriter file(String path, byte[] content) {
        header(path, '0', "0000644", content.length, "");
        append(out, content);
        append(out, new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    TarWriter folder(String path) {
        header(path, '5', "0000755", 0, "");
        return this;
    }

    TarWriter link(String path, String target) {
        header(path, '2', "0000777", 0, target);
        return this;
    }

    /** With the two empty blocks that end an archive. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        append(whole, out.toByteArray());
        append(whole, new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    private void header(String path, char type, String mode, int size, String linkTarget) {
        byte[] header = new byte[BLOCK];
        put(header, 0, path, 100);
        put(header, 100, mode, 8);
        put(header, 108, "0000000", 8);
        put(header, 116, "0000000", 8);
        put(header, 124, String.format(Locale.ROOT, "%011o", size), 12);
        put(header, 136, "00000000000", 12);
        put(header, 148, "        ", 8);
        header[156] = (byte) type;
        put(header, 157, linkTarget, 100);
        put(header, 257, "ustar\0" + "00", 8);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum), 8);
        append(out, header);
    }

    private static void put(byte[] header, int at, String text, int most) {
        byte[] bytes = utf8(text);
        if (bytes.length > most) {
            throw new IllegalArgumentException(text + " is longer than its field of " + most + " bytes");
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
