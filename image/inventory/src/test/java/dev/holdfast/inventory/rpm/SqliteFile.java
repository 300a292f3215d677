package dev.holdfast.inventory.rpm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes an SQLite file with one table of packages for tests: page 1 the schema, page 2 the root, a leaf a header, overflow pages. */
final class SqliteFile {
    static final int PAGE = 512;

    private final List<ByteBuffer> pages = new ArrayList<>();

    SqliteFile(byte[]... headers) {
        ByteBuffer schema = add();
        schema.put("SQLite format 3\0".getBytes(US_ASCII)).putShort(16, (short) PAGE);
        ByteBuffer root = add();
        leaf(schema, 100, row(new byte[][] {text("table"), text("Packages"), text("Packages"), {2}, text("")}, 13));
        int[] children = new int[headers.length];
        for (int i = 0; i < headers.length; i++) {
            children[i] = pages.size() + 1;
            ByteBuffer leaf = add();
            leaf(leaf, 0, row(new byte[][] {{}, headers[i]}, 12));
        }
        inner(root, children);
    }

    ByteBuffer page(int number) {
        return pages.get(number - 1);
    }

    byte[] bytes() {
        ByteBuffer file = ByteBuffer.allocate(PAGE * pages.size());
        pages.forEach(page -> file.put(page.duplicate().rewind()));
        return file.array();
    }

    /** A log that holds the given page in a new form, committed. */
    static byte[] log(int number, byte[] page, int pagesAfter, ByteOrder order) {
        ByteBuffer log = ByteBuffer.allocate(32 + 24 + PAGE);
        log.putInt(order == ByteOrder.BIG_ENDIAN ? 0x377f0683 : 0x377f0682)
                .putInt(3007000)
                .putInt(PAGE)
                .putInt(0)
                .putInt(11)
                .putInt(22);
        int[] sum = {0, 0};
        sum(log, 0, 24, order, sum);
        log.putInt(24, sum[0]).putInt(28, sum[1]);
        log.putInt(32, number)
                .putInt(36, pagesAfter)
                .putInt(40, 11)
                .putInt(44, 22)
                .put(56, page);
        sum(log, 32, 8, order, sum);
        sum(log, 56, PAGE, order, sum);
        return log.putInt(48, sum[0]).putInt(52, sum[1]).array();
    }

    private static void sum(ByteBuffer bytes, int from, int length, ByteOrder order, int[] sum) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int at = from; at < from + length; at += 8) {
            sum[0] += words.getInt(at) + sum[1];
            sum[1] += words.getInt(at + 4) + sum[0];
        }
    }

    private ByteBuffer add() {
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        pages.add(page);
        return page;
    }

    private static byte[] text(String text) {
        return text.getBytes(US_ASCII);
    }

    /** A row whose columns are texts (13) or blobs (12), except that a column of one byte is a number and an empty first one NULL. */
    private static byte[] row(byte[][] columns, int kind) {
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (byte[] column : columns) {
            varint(types, column.length == 1 ? 1 : column.length == 0 && kind == 12 ? 0 : 2L * column.length + kind);
            values.writeBytes(column);
        }
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        varint(row, types.size() + 1L);
        row.writeBytes(types.toByteArray());
        row.writeBytes(values.toByteArray());
        return row.toByteArray();
    }

    private void leaf(ByteBuffer page, int start, byte[] row) {
        int local = row.length;
        int most = PAGE - 35;
        if (local > most) {
            int least = (PAGE - 12) * 32 / 255 - 23;
            int fitting = least + (row.length - least) % (PAGE - 4);
            local = fitting <= most ? fitting : least;
        }
        ByteArrayOutputStream cell = new ByteArrayOutputStream();
        varint(cell, row.length);
        varint(cell, 1);
        cell.write(row, 0, local);
        if (local < row.length) {
            cell.writeBytes(ByteBuffer.allocate(4).putInt(pages.size() + 1).array());
        }
        int at = PAGE - cell.size();
        page.put(start, (byte) 13).putShort(start + 3, (short) 1).putShort(start + 8, (short) at);
        page.put(at, cell.toByteArray());
        for (int from = local; from < row.length; from += PAGE - 4) {
            int part = Math.min(PAGE - 4, row.length - from);
            ByteBuffer overflow = add();
            overflow.putInt(0, from + part < row.length ? pages.size() + 1 : 0).put(4, row, from, part);
        }
    }

    private static void inner(ByteBuffer page, int[] children) {
        page.put(0, (byte) 5).putShort(3, (short) (children.length - 1)).putInt(8, children[children.length - 1]);
        int at = PAGE;
        for (int i = 0; i < children.length - 1; i++) {
            at -= 5;
            page.putInt(at, children[i]).put(at + 4, (byte) (i + 1)).putShort(12 + 2 * i, (short) at);
        }
    }

    private static void varint(ByteArrayOutputStream into, long value) {
        if (value > 127) {
            into.write((int) (value >> 7 & 127 | 128));
        }
        into.write((int) (value & 127));
    }
}
