package dev.holdfast.archive.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Writes zip archives byte by byte, so that each field can lie. What is not said is written as an honest writer would. */
final class ZipWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> central = new ArrayList<>();
    private byte[] comment = new byte[0];
    private int countedAs = -1;
    private boolean zip64;
    private long shift;

    /** What is to be written for one entry. */
    static final class Entry {
        private final String name;
        private final byte[] content;
        private String localName;
        private boolean deflated;
        private int flags;
        private int method = -1;
        private long declaredSize = -1;
        private long declaredCompressed = -1;
        private boolean zip64;

        Entry(String name, byte[] content) {
            this.name = name;
            this.localName = name;
            this.content = content;
        }

        Entry localName(String value) {
            localName = value;
            return this;
        }

        Entry deflated() {
            deflated = true;
            return this;
        }

        Entry flags(int value) {
            flags = value;
            return this;
        }

        Entry method(int value) {
            method = value;
            return this;
        }

        Entry declaredSize(long value) {
            declaredSize = value;
            return this;
        }

        Entry declaredCompressed(long value) {
            declaredCompressed = value;
            return this;
        }

        Entry zip64() {
            zip64 = true;
            return this;
        }
    }

    static Entry entry(String name, String content) {
        return new Entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Entry entry(String name, byte[] content) {
        return new Entry(name, content);
    }

    /** Bytes in front of the archive of which its offsets know nothing. */
    ZipWriter stub(byte[] bytes) {
        out.writeBytes(bytes);
        shift = bytes.length;
        return this;
    }

    ZipWriter comment(byte[] bytes) {
        comment = bytes;
        return this;
    }

    ZipWriter countedAs(int value) {
        countedAs = value;
        return this;
    }

    ZipWriter zip64() {
        zip64 = true;
        return this;
    }

    ZipWriter add(Entry entry) {
        byte[] packed = entry.deflated ? deflate(entry.content) : entry.content;
        int method = entry.method >= 0 ? entry.method : entry.deflated ? 8 : 0;
        long size = entry.declaredSize >= 0 ? entry.declaredSize : entry.content.length;
        long compressed = entry.declaredCompressed >= 0 ? entry.declaredCompressed : packed.length;
        byte[] localName = entry.localName.getBytes(StandardCharsets.UTF_8);
        byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
        long offset = out.size() - shift;

        ByteBuffer local = buffer(30);
        local.putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) entry.flags)
                .putShort((short) method);
        local.putInt(0).putInt(0).putInt((int) compressed).putInt((int) size);
        local.putShort((short) localName.length).putShort((short) 0);
        out.writeBytes(bytes(local));
        out.writeBytes(localName);
        out.writeBytes(packed);

        byte[] extra = entry.zip64
                ? bytes(buffer(28)
                        .putShort((short) 1)
                        .putShort((short) 24)
                        .putLong(size)
                        .putLong(compressed)
                        .putLong(offset))
                : new byte[0];
        ByteBuffer header = buffer(46 + name.length + extra.length);
        header.putInt(0x02014b50).putShort((short) 20).putShort((short) 20);
        header.putShort((short) entry.flags).putShort((short) method).putInt(0).putInt(0);
        header.putInt(entry.zip64 ? -1 : (int) compressed).putInt(entry.zip64 ? -1 : (int) size);
        header.putShort((short) name.length).putShort((short) extra.length).putShort((short) 0);
        header.putShort((short) 0).putShort((short) 0).putInt(0).putInt(entry.zip64 ? -1 : (int) offset);
        header.put(name).put(extra);
        central.add(bytes(header));
        return this;
    }

    byte[] bytes() {
        long directory = out.size() - shift;
        int count = countedAs >= 0 ? countedAs : central.size();
        for (byte[] header : central) {
            out.writeBytes(header);
        }
        long size = out.size() - shift - directory;
        if (zip64) {
            long record = out.size() - shift;
            ByteBuffer large = buffer(56 + 20);
            large.putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0);
            large.putLong(count).putLong(count).putLong(size).putLong(directory);
            large.putInt(0x07064b50).putInt(0).putLong(record).putInt(1);
            out.writeBytes(bytes(large));
        }
        ByteBuffer end = buffer(22);
        end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        end.putShort((short) (zip64 ? -1 : count)).putShort((short) (zip64 ? -1 : count));
        end.putInt(zip64 ? -1 : (int) size).putInt(zip64 ? -1 : (int) directory).putShort((short) comment.length);
        out.writeBytes(bytes(end));
        out.writeBytes(comment);
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        while (!deflater.finished()) {
            packed.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return packed.toByteArray();
    }
}
