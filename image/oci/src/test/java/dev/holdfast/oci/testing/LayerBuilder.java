package dev.holdfast.oci.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The tar of one layer. Entries stand in the order of the calls. Names longer than a header's field get a PAX {@code path} by themselves;
 * everything else is written as plainly as it can be.
 */
public final class LayerBuilder {
    private static final int BLOCK = 512;

    /** How a sparse file is written. */
    public enum Sparse {
        /** Type S of GNU tar, with extension headers from the fifth extent on. */
        OLD_GNU,
        /** PAX, {@code GNU.sparse.offset} and {@code GNU.sparse.numbytes} repeated. */
        PAX_0_0,
        /** PAX, one {@code GNU.sparse.map}. */
        PAX_0_1,
        /** PAX, the map before the content. */
        PAX_1_0
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pax = new ByteArrayOutputStream();
    private final ByteArrayOutputStream trailer = new ByteArrayOutputStream();
    private boolean hasEndMark = true;

    private LayerBuilder() {}

    public static LayerBuilder layer() {
        return new LayerBuilder();
    }

    public LayerBuilder directory(String path) {
        return entry(path.endsWith("/") ? path : path + "/", "", '5', 0755, new byte[0]);
    }

    public LayerBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public LayerBuilder file(String path, byte[] content) {
        return entry(path, "", '0', 0644, content);
    }

    public LayerBuilder executable(String path, byte[] content) {
        return entry(path, "", '0', 0755, content);
    }

    /** A symbolic link. */
    public LayerBuilder link(String path, String target) {
        return entry(path, target, '2', 0777, new byte[0]);
    }

    public LayerBuilder hardLink(String path, String target) {
        return entry(path, target, '1', 0644, new byte[0]);
    }

    /** Hides the lower entry of this path: an empty file {@code .wh.NAME} beside it. */
    public LayerBuilder whiteout(String path) {
        int name = path.lastIndexOf('/') + 1;
        return file(path.substring(0, name) + ".wh." + path.substring(name), "");
    }

    /** Hides what lower layers hold in this folder; the root with an empty name. */
    public LayerBuilder opaque(String directory) {
        return file(directory.isEmpty() ? ".wh..wh..opq" : directory + "/.wh..wh..opq", "");
    }

    public LayerBuilder characterDevice(String path) {
        return entry(path, "", '3', 0600, new byte[0]);
    }

    public LayerBuilder blockDevice(String path) {
        return entry(path, "", '4', 0600, new byte[0]);
    }

    public LayerBuilder fifo(String path) {
        return entry(path, "", '6', 0600, new byte[0]);
    }

    /** An entry of any type. */
    public LayerBuilder entry(String path, String link, char type, int mode, byte[] content) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > 100) {
            pax("path", path);
        }
        if (link.getBytes(StandardCharsets.UTF_8).length > 100) {
            pax("linkpath", link);
        }
        String shortLink = link.length() > 100 ? "" : link;
        flushPax();
        block(TarHeaderBuilder.header()
                .name(name.length > 100 ? Arrays.copyOf(name, 100) : name)
                .link(shortLink)
                .type(type)
                .mode(mode)
                .size(content.length));
        return content(content);
    }

    /** A PAX record for the next entry. */
    public LayerBuilder pax(String key, String value) {
        return pax(key, value.getBytes(StandardCharsets.UTF_8));
    }

    public LayerBuilder pax(String key, byte[] value) {
        pax.writeBytes(paxRecord(key, value));
        return this;
    }

    /** A global PAX header. */
    public LayerBuilder globalPax(String key, String value) {
        return special('g', paxRecord(key, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** GNU's long name for the next entry. */
    public LayerBuilder gnuLongName(String name) {
        return gnuSpecial('L', name);
    }

    /** GNU's long link target for the next entry. */
    public LayerBuilder gnuLongLink(String target) {
        return gnuSpecial('K', target);
    }

    private LayerBuilder gnuSpecial(char type, String text) {
        byte[] content = (text + "\0").getBytes(StandardCharsets.UTF_8);
        block(TarHeaderBuilder.header().gnu().name("././@LongLink").type(type).size(content.length));
        return content(content);
    }

    /** A header that is about the next one, with any content. */
    public LayerBuilder special(char type, byte[] content) {
        block(TarHeaderBuilder.header().name("special").type(type).size(content.length));
        return content(content);
    }

    /**
     * A sparse file.
     *
     * @param size its length, holes included
     * @param extents pairs of offset and length
     * @param stored the bytes of all extents, one behind the other
     */
    public LayerBuilder sparse(Sparse form, String path, long size, long[] extents, byte[] stored) {
        return switch (form) {
            case OLD_GNU -> oldSparse(path, size, extents, stored);
            case PAX_0_0 -> {
                pax("GNU.sparse.size", Long.toString(size));
                pax("GNU.sparse.numblocks", Integer.toString(extents.length / 2));
                for (int i = 0; i < extents.length; i += 2) {
                    pax("GNU.sparse.offset", Long.toString(extents[i]));
                    pax("GNU.sparse.numbytes", Long.toString(extents[i + 1]));
                }
                yield file(path, stored);
            }
            case PAX_0_1 -> {
                pax("GNU.sparse.name", path);
                pax("GNU.sparse.size", Long.toString(size));
                pax("GNU.sparse.map", join(extents, ","));
                yield file("GNUSparseFile.0/sparse", stored);
            }
            case PAX_1_0 -> {
                pax("GNU.sparse.major", "1");
                pax("GNU.sparse.minor", "0");
                pax("GNU.sparse.name", path);
                pax("GNU.sparse.realsize", Long.toString(size));
                String map = extents.length / 2 + "\n" + join(extents, "\n") + (extents.length > 0 ? "\n" : "");
                byte[] padded = Arrays.copyOf(map.getBytes(StandardCharsets.US_ASCII), padded(map.length()));
                yield file("GNUSparseFile.0/sparse", concat(padded, stored));
            }
        };
    }

    private LayerBuilder oldSparse(String path, long size, long[] extents, byte[] stored) {
        TarHeaderBuilder header = TarHeaderBuilder.header()
                .gnu()
                .name(path)
                .type('S')
                .size(stored.length)
                .octal(483, 12, size);
        int pairs = extents.length / 2;
        for (int i = 0; i < Math.min(4, pairs); i++) {
            header.octal(386 + 24 * i, 12, extents[2 * i]).octal(398 + 24 * i, 12, extents[2 * i + 1]);
        }
        header.bytes(482, pairs > 4 ? "\1" : "\0");
        block(header);
        for (int first = 4; first < pairs; first += 21) {
            byte[] extension = new byte[BLOCK];
            for (int i = first; i < Math.min(first + 21, pairs); i++) {
                int at = 24 * (i - first);
                octal(extension, at, extents[2 * i]);
                octal(extension, at + 12, extents[2 * i + 1]);
            }
            extension[504] = (byte) (first + 21 < pairs ? 1 : 0);
            out.writeBytes(extension);
        }
        return content(stored);
    }

    /** A header of one's own; its content, if it has any, follows with {@link #content}. */
    public LayerBuilder block(TarHeaderBuilder header) {
        return raw(header.build());
    }

    /** Content, padded to whole blocks. */
    public LayerBuilder content(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[padded(content.length) - content.length]);
        return this;
    }

    /** Any bytes, as they are. */
    public LayerBuilder raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Leaves out the two zero blocks of the end. */
    public LayerBuilder withoutEndMark() {
        hasEndMark = false;
        return this;
    }

    /** Bytes behind the end mark. */
    public LayerBuilder trailing(byte[] bytes) {
        trailer.writeBytes(bytes);
        return this;
    }

    /** The finished tar. */
    public byte[] build() {
        byte[] end = new byte[hasEndMark ? 2 * BLOCK : 0];
        return concat(concat(out.toByteArray(), end), trailer.toByteArray());
    }

    /** One PAX record: its length counts itself. */
    public static byte[] paxRecord(String key, byte[] value) {
        int rest = key.getBytes(StandardCharsets.UTF_8).length + value.length + 3;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length = Integer.toString(length).length() + rest;
        }
        byte[] head = (length + " " + key + "=").getBytes(StandardCharsets.UTF_8);
        return concat(concat(head, value), new byte[] {'\n'});
    }

    private void flushPax() {
        if (pax.size() > 0) {
            special('x', pax.toByteArray());
            pax.reset();
        }
    }

    private static void octal(byte[] block, int at, long value) {
        byte[] digits = String.format("%011o", value).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, block, at, digits.length);
    }

    private static String join(long[] numbers, String separator) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? "" : separator).append(numbers[i]);
        }
        return text.toString();
    }

    private static int padded(int length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
