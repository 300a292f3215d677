package dev.holdfast.database.bolt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes small bbolt databases: one leaf page for each bucket, small buckets inside of their parent, those of many entries behind a branch page,
 * large values in further pages.
 */
public final class BoltWriter {
    public static final int PAGE = 4096;
    private static final int INLINE = 200;
    private static final int SPLIT = 8;

    private final List<byte[]> pages =
            new ArrayList<>(List.of(new byte[0], new byte[0], page(2, 0x10, new byte[0], 0)));

    private BoltWriter() {}

    /** Values are text, bytes, or a map for a bucket. */
    public static void write(Path file, SortedMap<String, ?> content) throws IOException {
        new BoltWriter().writeTo(file, content);
    }

    private void writeTo(Path file, SortedMap<String, ?> content) throws IOException {
        long root = tree(content);
        pages.set(0, meta(0, root, 6));
        pages.set(1, meta(1, root, 7));
        Files.createDirectories(file.getParent());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] page : pages) {
            all.write(page);
        }
        Files.write(file, all.toByteArray());
    }

    private static byte[] meta(int number, long root, long transaction) {
        ByteBuffer meta = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        meta.putInt(0xed0cdaed)
                .putInt(2)
                .putInt(PAGE)
                .putInt(0)
                .putLong(root)
                .putLong(0)
                .putLong(2)
                .putLong(99);
        meta.putLong(transaction);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < 56; i++) {
            hash = (hash ^ meta.get(i) & 0xff) * 0x100000001b3L;
        }
        meta.putLong(hash);
        return page(number, 4, meta.array(), 0);
    }

    /** The page of the tree's root. */
    @SuppressWarnings("unchecked")
    private long tree(SortedMap<String, ?> content) {
        if (content.size() <= SPLIT) {
            return add(2, leaf(content), content.size());
        }
        List<String> keys = new ArrayList<>(content.keySet());
        int parts = (keys.size() + SPLIT - 1) / SPLIT;
        ByteBuffer branch = ByteBuffer.allocate(parts * 16).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        for (int i = 0; i < parts; i++) {
            int end = Math.min(keys.size(), (i + 1) * SPLIT);
            SortedMap<String, ?> part = end < keys.size()
                    ? content.subMap(keys.get(i * SPLIT), keys.get(end))
                    : content.tailMap(keys.get(i * SPLIT));
            byte[] key = keys.get(i * SPLIT).getBytes(StandardCharsets.UTF_8);
            branch.putInt((parts - i) * 16 + first.size()).putInt(key.length).putLong(tree(part));
            first.writeBytes(key);
        }
        return add(1, joined(branch.array(), first.toByteArray()), parts);
    }

    private long add(int kind, byte[] body, int count) {
        long number = pages.size();
        byte[] page = page(pages.size(), kind, body, count);
        pages.add(page);
        for (int further = 1; further < page.length / PAGE; further++) {
            pages.add(new byte[0]);
        }
        return number;
    }

    private static byte[] page(int number, int kind, byte[] body, int count) {
        int further = (16 + body.length - 1) / PAGE;
        ByteBuffer page = ByteBuffer.allocate((1 + further) * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(number)
                .putShort((short) kind)
                .putShort((short) count)
                .putInt(further)
                .put(body);
        return page.array();
    }

    @SuppressWarnings("unchecked")
    private byte[] leaf(SortedMap<String, ?> content) {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        ByteBuffer elements = ByteBuffer.allocate(content.size() * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, ?> entry : content.entrySet()) {
            byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
            boolean isBucket = entry.getValue() instanceof SortedMap;
            byte[] value = isBucket
                    ? bucket((SortedMap<String, ?>) entry.getValue())
                    : entry.getValue() instanceof byte[] bytes
                            ? bytes
                            : entry.getValue().toString().getBytes(StandardCharsets.UTF_8);
            int from = content.size() * 16 - elements.position() + texts.size();
            elements.putInt(isBucket ? 1 : 0).putInt(from).putInt(key.length).putInt(value.length);
            texts.writeBytes(key);
            texts.writeBytes(value);
        }
        return joined(elements.array(), texts.toByteArray());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private byte[] bucket(SortedMap<String, ?> content) {
        byte[] body = content.size() <= SPLIT ? leaf(content) : new byte[PAGE];
        if (body.length > INLINE) {
            return ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(tree(content))
                    .array();
        }
        ByteBuffer inline = ByteBuffer.allocate(32 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        inline.putLong(0)
                .putLong(0)
                .putLong(0)
                .putShort((short) 2)
                .putShort((short) content.size())
                .putInt(0)
                .put(body);
        return inline.array();
    }
}
