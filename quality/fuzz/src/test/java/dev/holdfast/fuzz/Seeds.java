package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small honest inputs to begin with: what a fuzzer would take long to guess. */
final class Seeds {
    private Seeds() {}

    static Stream<byte[]> texts(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8));
    }

    /** A zip of name, text, name, text… */
    static byte[] zip(String... namesAndTexts) {
        byte[][] contents = new byte[namesAndTexts.length / 2][];
        String[] names = new String[contents.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = namesAndTexts[2 * i];
            contents[i] = namesAndTexts[2 * i + 1].getBytes(UTF_8);
        }
        return zip(names, contents);
    }

    static byte[] zip(String[] names, byte[][] contents) {
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < names.length; i++) {
                    zip.putNextEntry(new ZipEntry(names[i]));
                    zip.write(contents[i]);
                    zip.closeEntry();
                }
            }
        });
    }

    static byte[] gzip(byte[] content) {
        return written(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content);
            }
        });
    }

    /** A ustar archive of one entry. */
    static byte[] tar(String name, char type, String link, byte[] content) {
        byte[] tar = new byte[512 + (content.length + 511) / 512 * 512 + 1024];
        put(tar, 0, name);
        put(tar, 100, "0000644");
        put(tar, 124, String.format(Locale.ROOT, "%011o", content.length));
        put(tar, 136, "00000000000");
        put(tar, 148, "        ");
        tar[156] = (byte) type;
        put(tar, 157, link);
        put(tar, 257, "ustar");
        put(tar, 263, "00");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        put(tar, 148, String.format(Locale.ROOT, "%06o", sum));
        tar[154] = 0;
        System.arraycopy(content, 0, tar, 512, content.length);
        return tar;
    }

    private static void put(byte[] target, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
