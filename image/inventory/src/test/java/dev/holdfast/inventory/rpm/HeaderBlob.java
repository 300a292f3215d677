package dev.holdfast.inventory.rpm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a package header for tests: region mark first, then the tags in the order given. */
public final class HeaderBlob {
    private static final int REGION = 63;
    private static final int BINARY = 7;
    private static final int TRAILER = 16;

    private record Entry(int tag, int type, int count, byte[] value) {}

    private final List<Entry> entries = new ArrayList<>();

    public static HeaderBlob of(String name, String version, String release) {
        return new HeaderBlob()
                .string(RpmHeader.NAME, name)
                .string(RpmHeader.VERSION, version)
                .string(RpmHeader.RELEASE, release)
                .string(RpmHeader.ARCHITECTURE, "x86_64")
                .string(RpmHeader.SOURCE_RPM, name + "-" + version + "-" + release + ".src.rpm");
    }

    public HeaderBlob string(int tag, String value) {
        return raw(tag, 6, 1, strings(value));
    }

    /** Lists files as packages of today do: folders once, and each name with the number of its folder. */
    public HeaderBlob files(String folder, String... names) {
        return filesIn(0, folder, names);
    }

    /** Lists files with a number of their folder that may be wrong. */
    public HeaderBlob filesIn(int index, String folder, String... names) {
        int[] indexes = new int[names.length];
        Arrays.fill(indexes, index);
        return stringArray(RpmHeader.BASE_NAMES, names)
                .stringArray(RpmHeader.DIRECTORY_NAMES, folder)
                .numbers(RpmHeader.DIRECTORY_INDEXES, indexes);
    }

    /** Lists files as packages of rpm 3 do. */
    public HeaderBlob oldFiles(String... paths) {
        return stringArray(RpmHeader.OLD_FILE_NAMES, paths);
    }

    HeaderBlob stringArray(int tag, String... values) {
        return raw(tag, 8, values.length, strings(values));
    }

    public HeaderBlob numbers(int tag, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return raw(tag, 4, values.length, bytes.array());
    }

    HeaderBlob raw(int tag, int type, int count, byte[] value) {
        entries.add(new Entry(tag, type, count, value));
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer index = ByteBuffer.allocate(16 * (entries.size() + 1));
        index.position(16);
        for (Entry entry : entries) {
            while (entry.type == 4 && data.size() % 4 != 0) {
                data.write(0);
            }
            index.putInt(entry.tag).putInt(entry.type).putInt(data.size()).putInt(entry.count);
            data.writeBytes(entry.value);
        }
        index.putInt(0, REGION).putInt(4, BINARY).putInt(8, data.size()).putInt(12, TRAILER);
        data.writeBytes(new byte[TRAILER]);
        return ByteBuffer.allocate(8 + index.capacity() + data.size())
                .putInt(entries.size() + 1)
                .putInt(data.size())
                .put(index.array())
                .put(data.toByteArray())
                .array();
    }

    private static byte[] strings(String... values) {
        return (String.join("\0", values) + "\0").getBytes(UTF_8);
    }
}
