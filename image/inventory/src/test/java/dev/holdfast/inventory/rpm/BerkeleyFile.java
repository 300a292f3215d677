package dev.holdfast.inventory.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a Berkeley DB hash for tests, of one bucket page and as many overflow pages as the headers need. */
public final class BerkeleyFile {
    static final int PAGE = 512;
    private static final int HEADER = 26;

    private final ByteOrder order;
    private final List<ByteBuffer> pages = new ArrayList<>();
    private int items;
    private int free = PAGE;

    public BerkeleyFile(ByteOrder order) {
        this.order = order;
        ByteBuffer meta = page(8);
        meta.putInt(12, 0x061561).putInt(16, 9).putInt(20, PAGE);
        page(13);
    }

    /** Adds a header whose bytes lie on overflow pages. */
    public BerkeleyFile offPage(byte[] blob) {
        int first = pages.size();
        for (int at = 0; at < blob.length; at += PAGE - HEADER) {
            byte[] part = Arrays.copyOfRange(blob, at, Math.min(blob.length, at + PAGE - HEADER));
            ByteBuffer page = page(7);
            page.putInt(16, at + part.length < blob.length ? pages.size() : 0).putShort(22, (short) part.length);
            page.put(HEADER, part);
        }
        ByteBuffer reference = ByteBuffer.allocate(12).order(order);
        reference.put(0, (byte) 3).putInt(4, first).putInt(8, blob.length);
        return reference(reference.array());
    }

    /** Adds a header, or what is none, whose bytes lie in the bucket. */
    BerkeleyFile inPlace(byte[] value) {
        byte[] item = new byte[value.length + 1];
        item[0] = 1;
        System.arraycopy(value, 0, item, 1, value.length);
        return pair(item);
    }

    /** Adds an item that points to overflow pages. */
    BerkeleyFile reference(byte[] item) {
        return pair(item);
    }

    ByteBuffer pageAt(int index) {
        return pages.get(index);
    }

    public byte[] bytes() {
        pages.getFirst().putInt(32, pages.size() - 1);
        ByteBuffer file = ByteBuffer.allocate(PAGE * pages.size());
        pages.forEach(page -> file.put(page.duplicate().rewind()));
        return file.array();
    }

    private BerkeleyFile pair(byte[] value) {
        item(new byte[] {1, 0, 0, 0, (byte) items});
        return item(value);
    }

    private BerkeleyFile item(byte[] item) {
        ByteBuffer bucket = pages.get(1);
        free -= item.length;
        bucket.put(free, item);
        bucket.putShort(HEADER + 2 * items++, (short) free).putShort(20, (short) items);
        return this;
    }

    private ByteBuffer page(int type) {
        ByteBuffer page = ByteBuffer.allocate(PAGE).order(order);
        page.putInt(8, pages.size()).put(25, (byte) type);
        pages.add(page);
        return page;
    }
}
