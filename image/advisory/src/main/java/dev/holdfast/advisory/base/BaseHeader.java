package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Layout.Part;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Header and section table, read and checked without touching the rest of the file.
 *
 * @param fileBytes size of the file
 * @param front header and table
 */
record BaseHeader(Path path, long fileBytes, byte[] front) {

    /** Reads and checks everything but what is inside the sections. */
    static BaseHeader read(Path path, FileChannel channel) throws InputException, IOException {
        long fileBytes = channel.size();
        byte[] front = bytes(channel, 0, (int) Math.min(fileBytes, Layout.frontBytes()));
        if (!Arrays.equals(Arrays.copyOf(front, Layout.MAGIC.length), Layout.MAGIC)) {
            throw new InputException(
                    Code.MALFORMED, path + " is not an advisory base: it does not begin with HOLDFAST");
        }
        BaseHeader header = new BaseHeader(path, fileBytes, front);
        header.checkVersion();
        header.checkSize(channel);
        header.checkSum();
        return header;
    }

    private void checkVersion() throws InputException {
        if (front.length < Layout.frontBytes()) {
            throw cut("its header ends after " + front.length + " bytes");
        }
        int version = u32(Layout.MAGIC.length);
        if (version != Layout.VERSION) {
            throw new InputException(
                    Code.UNSUPPORTED,
                    path + " is an advisory base of format " + Integer.toUnsignedString(version)
                            + "; this Holdfast reads format " + Layout.VERSION + ": build or update the base again");
        }
    }

    private void checkSize(FileChannel channel) throws InputException, IOException {
        long announced = u64(Layout.MAGIC.length + 8);
        if (fileBytes > Integer.MAX_VALUE) {
            throw new InputException(Code.LIMIT, path + " is larger than the 2 GiB that an advisory base may have");
        }
        if (announced != fileBytes) {
            throw cut("it has " + fileBytes + " of " + announced + " bytes");
        }
        byte[] end = bytes(channel, fileBytes - Layout.END_MAGIC.length, Layout.END_MAGIC.length);
        if (!Arrays.equals(end, Layout.END_MAGIC)) {
            throw cut("its end mark is missing");
        }
    }

    private void checkSum() throws InputException {
        byte[] unchecked = front.clone();
        Arrays.fill(unchecked, Layout.CHECK_OFFSET, Layout.CHECK_OFFSET + 4, (byte) 0);
        CRC32C sum = new CRC32C();
        sum.update(unchecked);
        if ((int) sum.getValue() != u32(Layout.CHECK_OFFSET) || u32(Layout.MAGIC.length + 4) != Layout.PARTS) {
            throw damaged("its header does not agree with its check sum");
        }
    }

    /** Slices the mapped file into its sections, indexed by number of part. */
    Section[] sections(ByteBuffer file) throws InputException {
        Section[] sections = new Section[Layout.PARTS];
        long end = Layout.frontBytes();
        long limit = fileBytes - Layout.FOOTER_BYTES;
        for (Part part : Part.values()) {
            int at = Layout.HEADER_BYTES + part.number() * Layout.TABLE_ENTRY_BYTES;
            int count = u32(at + 4);
            long offset = u64(at + 8);
            long length = u64(at + 16);
            boolean inside = offset >= end && offset <= limit && length >= 0 && length <= limit - offset;
            if (u32(at) != part.number() || count < 0 || !inside) {
                throw damaged("its section " + part + " lies outside the file");
            }
            sections[part.number()] =
                    new Section(part, count, file.slice((int) offset, (int) length + Section.SLACK_BYTES));
            end = offset + length;
        }
        return sections;
    }

    private int u32(int at) {
        return front[at] & 0xff | (front[at + 1] & 0xff) << 8 | (front[at + 2] & 0xff) << 16 | front[at + 3] << 24;
    }

    private long u64(int at) {
        return Integer.toUnsignedLong(u32(at)) | (long) u32(at + 4) << 32;
    }

    private InputException cut(String found) {
        return new InputException(
                Code.TRUNCATED, path + " is not a whole advisory base: " + found + "; copy, build or update it again");
    }

    private InputException damaged(String found) {
        return new InputException(
                Code.MALFORMED, path + " is a damaged advisory base: " + found + "; copy, build or update it again");
    }

    private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining() && channel.read(left, position + left.position()) >= 0) {
            // until full or at the end
        }
        return bytes;
    }
}
