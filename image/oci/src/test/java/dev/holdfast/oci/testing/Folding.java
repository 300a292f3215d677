package dev.holdfast.oci.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** How a layer's tar is compressed. All of them give the same bytes everywhere but for the deflated data itself. */
public enum Folding {
    NONE,
    /** One gzip member. */
    GZIP,
    /** Two gzip members, split in the middle. */
    GZIP_MEMBERS,
    /** One zstd frame of raw blocks. */
    ZSTD,
    /** As zstd:chunked has it: two frames, with skippable frames between and behind them. */
    ZSTD_CHUNKED;

    private static final int ZSTD_MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE_MAGIC = 0x184d2a50;
    private static final int ZSTD_MOST_BLOCK = 128 << 10;

    public byte[] fold(byte[] plain) {
        byte[] first = Arrays.copyOf(plain, plain.length / 2);
        byte[] second = Arrays.copyOfRange(plain, plain.length / 2, plain.length);
        return switch (this) {
            case NONE -> plain;
            case GZIP -> gzip(plain);
            case GZIP_MEMBERS -> LayerBuilder.concat(gzip(first), gzip(second));
            case ZSTD -> zstd(plain);
            case ZSTD_CHUNKED ->
                LayerBuilder.concat(
                        LayerBuilder.concat(zstd(first), zstdSkippable(new byte[] {1, 2, 3})),
                        LayerBuilder.concat(zstd(second), zstdSkippable(new byte[100])));
        };
    }

    /** A gzip member without name or time. */
    public static byte[] gzip(byte[] plain) {
        Deflater deflater = new Deflater(6, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
            byte[] piece = new byte[64 << 10];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            CRC32 crc = new CRC32();
            crc.update(plain);
            little(out, (int) crc.getValue());
            little(out, plain.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** A zstd frame of raw blocks, with its size and without a checksum. */
    public static byte[] zstd(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        little(out, ZSTD_MAGIC);
        out.write(0xa0); // single segment, content size in four bytes
        little(out, plain.length);
        int position = 0;
        do {
            int size = Math.min(ZSTD_MOST_BLOCK, plain.length - position);
            int last = position + size == plain.length ? 1 : 0;
            int header = size << 3 | last;
            out.write(header);
            out.write(header >> 8);
            out.write(header >> 16);
            out.write(plain, position, size);
            position += size;
        } while (position < plain.length);
        return out.toByteArray();
    }

    /** A frame that a reader of zstd passes over. */
    public static byte[] zstdSkippable(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        little(out, SKIPPABLE_MAGIC);
        little(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
    }
}
