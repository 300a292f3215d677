package dev.holdfast.inventory.rpm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;

/**
 * One package's header, as every RPM database holds it.
 *
 * <pre>
 * blob   = u32 entries, u32 bytes, entries × index, bytes × data         all numbers big-endian, whatever machine wrote the database
 * index  = u32 tag, u32 type, u32 offset into data, u32 count
 * types  : 1 char, 2 int8, 3 int16, 4 int32, 5 int64, 6 string, 7 binary, 8 array of strings, 9 translated strings
 * string = bytes, NUL
 * </pre>
 *
 * This is the form of a package file's header without its eight bytes of magic. The first index entry is a region mark (tag 63, or 61 in
 * old databases); it is no fact about the package and its offset points to a trailer. Entries added at installation follow the region.
 * When a tag stands twice the first one counts.
 *
 * <p>Nothing is copied: the header looks into the blob it was given, and strings are made when asked for. The blob must not change.
 */
final class RpmHeader {
    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int VENDOR = 1011;
    static final int LICENCE = 1014;
    static final int ARCHITECTURE = 1022;
    static final int OLD_FILE_NAMES = 1027;
    static final int SOURCE_RPM = 1044;
    static final int DIRECTORY_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIRECTORY_NAMES = 1118;
    static final int MODULARITY_LABEL = 5096;

    private static final int PREAMBLE = 8;
    private static final int INDEX_ENTRY = 16;

    /** rpm itself refuses more index entries than this. */
    private static final int MOST_ENTRIES = 0xffff;

    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int TRANSLATED = 9;

    private final byte[] blob;
    private final int index;
    private final int data;
    private final int end;

    private RpmHeader(byte[] blob, int index, int data, int end) {
        this.blob = blob;
        this.index = index;
        this.data = data;
        this.end = end;
    }

    /**
     * Looks at a blob that lies in an array.
     *
     * @throws InputException when the sizes it tells do not fit into it
     */
    static RpmHeader in(byte[] blob, int from, int length) throws InputException {
        if (length < PREAMBLE) {
            throw malformed("a package header of " + length + " bytes");
        }
        int entries = int32(blob, from);
        int bytes = int32(blob, from + 4);
        if (entries < 1 || entries > MOST_ENTRIES || bytes < 0) {
            throw malformed("a package header with " + Integer.toUnsignedString(entries) + " entries and "
                    + Integer.toUnsignedString(bytes) + " bytes");
        }
        long end = PREAMBLE + (long) entries * INDEX_ENTRY + bytes;
        if (end > length) {
            throw malformed("a package header that tells " + end + " bytes and has " + length);
        }
        int index = from + PREAMBLE;
        return new RpmHeader(blob, index, index + entries * INDEX_ENTRY, from + (int) end);
    }

    /** The first string of a tag; empty when the header does not hold it. */
    String string(int tag) throws InputException {
        int entry = entryOf(tag);
        if (entry < 0) {
            return "";
        }
        int type = int32(blob, entry + 4);
        if (type != STRING && type != STRING_ARRAY && type != TRANSLATED || count(entry) < 1) {
            throw malformed("tag " + tag + " of a package header is no string");
        }
        int from = start(entry);
        return new String(blob, from, endOfString(from) - from, UTF_8);
    }

    /** The first number of a tag; {@code absent} when the header does not hold it. */
    long number(int tag, long absent) throws InputException {
        int entry = entryOf(tag);
        if (entry < 0) {
            return absent;
        }
        if (int32(blob, entry + 4) != INT32 || count(entry) < 1) {
            throw malformed("tag " + tag + " of a package header is no number");
        }
        return int32(blob, startOfNumbers(entry, 1)) & 0xffff_ffffL;
    }

    /** Hands over every file of the package as folder and name, without making strings of them. */
    void forEachFile(FileVisitor visitor) throws InputException {
        int names = entryOf(BASE_NAMES);
        int folders = entryOf(DIRECTORY_NAMES);
        int indexes = entryOf(DIRECTORY_INDEXES);
        if (names < 0 || folders < 0 || indexes < 0) {
            forEachOldFile(visitor);
            return;
        }
        int files = count(names);
        int[] folderStarts = stringStarts(folders);
        int index = startOfNumbers(indexes, files);
        int from = start(names);
        for (int i = 0; i < files; i++) {
            int to = endOfString(from);
            int folder = int32(blob, index + 4 * i);
            if (folder < 0 || folder >= folderStarts.length - 1) {
                throw malformed("a package's file in folder " + folder + " of " + (folderStarts.length - 1));
            }
            visitor.file(blob, folderStarts[folder], folderStarts[folder + 1] - 1, from, to);
            from = to + 1;
        }
    }

    /** Packages built before rpm 4 list whole paths. */
    private void forEachOldFile(FileVisitor visitor) throws InputException {
        int paths = entryOf(OLD_FILE_NAMES);
        if (paths < 0) {
            return;
        }
        int from = start(paths);
        for (int i = count(paths); i > 0; i--) {
            int to = endOfString(from);
            int name = to;
            while (name > from && blob[name - 1] != '/') {
                name--;
            }
            visitor.file(blob, from, name, name, to);
            from = to + 1;
        }
    }

    /** Takes one file: its folder (with the closing slash) and its name are ranges of the bytes. */
    @FunctionalInterface
    interface FileVisitor {
        void file(byte[] bytes, int folderFrom, int folderTo, int nameFrom, int nameTo);
    }

    /** Where each string of an array begins, and one more: where the one after the last would. */
    private int[] stringStarts(int entry) throws InputException {
        int count = count(entry);
        int from = start(entry);
        if (count > end - from) {
            throw malformed("a package header with " + count + " strings in " + (end - from) + " bytes");
        }
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i] = from;
            from = endOfString(from) + 1;
        }
        starts[count] = from;
        return starts;
    }

    private int entryOf(int tag) {
        for (int at = index; at < data; at += INDEX_ENTRY) {
            if (int32(blob, at) == tag) {
                return at;
            }
        }
        return -1;
    }

    private int count(int entry) throws InputException {
        int count = int32(blob, entry + 12);
        if (count < 0) {
            throw malformed("a package header with " + Integer.toUnsignedString(count) + " values of one tag");
        }
        return count;
    }

    private int start(int entry) throws InputException {
        int offset = int32(blob, entry + 8);
        if (offset < 0 || offset >= end - data) {
            throw malformed(
                    "a package header that points to byte " + Integer.toUnsignedString(offset) + " of " + (end - data));
        }
        return data + offset;
    }

    private int startOfNumbers(int entry, int needed) throws InputException {
        int from = start(entry);
        if (int32(blob, entry + 4) != INT32 || count(entry) < needed || 4L * needed > end - from) {
            throw malformed("a package header with " + count(entry) + " numbers where " + needed + " are needed");
        }
        return from;
    }

    private int endOfString(int from) throws InputException {
        for (int i = from; i < end; i++) {
            if (blob[i] == 0) {
                return i;
            }
        }
        throw malformed("a string of a package header that does not end");
    }

    private static int int32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    private static InputException malformed(String found) {
        return new InputException(InputException.Code.MALFORMED, found);
    }
}
