package dev.holdfast.archive.zip;

import static dev.holdfast.archive.zip.LittleEndian.i32;
import static dev.holdfast.archive.zip.LittleEndian.i64;
import static dev.holdfast.archive.zip.LittleEndian.u16;
import static dev.holdfast.archive.zip.LittleEndian.u32;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10), read through its central directory. Entries are numbered in the directory's order; a name that
 * stands twice is two entries. Names are compared where they lie, so listing an archive makes no garbage.
 *
 * <p>A central header (APPNOTE 4.3.12; all numbers little-endian):
 *
 * <pre>
 *   0  4  50 4B 01 02                 28  2  name length n
 *   8  2  flags: bit 0 encrypted,     30  2  extra length e
 *         3 sizes follow the data,    32  2  comment length c
 *         13 directory masked         42  4  offset of the local header
 *  10  2  method                      46  n  name
 *  16  4  CRC-32                     +n  e  extra fields: id (2), length (2), data
 *  20  4  compressed size           +ne  c  comment
 *  24  4  size
 * </pre>
 *
 * <p>A size or offset that is all ones stands in the extra field 0001 (ZIP64, 4.5.3) instead, 8 bytes each, in the order size,
 * compressed size, offset, only those that are all ones. A local header (4.3.7, 30 bytes, {@code 50 4B 03 04}, name length at 26, extra
 * length at 28) precedes the data. Where local and central header disagree the central one is believed, as the Java virtual machine and
 * every random-access reader do, and the disagreement is {@linkplain #disagreements() noted}: stream readers see something else.
 *
 * <p>The CRC is not checked: the virtual machine does not check it either, so code with a wrong one runs. An entry that unfolds to
 * another size than it declares is refused.
 *
 * <p>Not safe for use by several threads.
 */
public final class ZipArchive implements AutoCloseable {
    static final int CENTRAL_HEADER = 0x02014b50;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final long ALL_ONES = 0xffff_ffffL;
    private static final int FLAG_ENCRYPTED = 1 | 1 << 13;
    private static final int FLAG_SIZES_FOLLOW = 1 << 3;
    private static final int METHOD_AES = 99;
    /** The largest directory that is held: some 700,000 entries; the largest jars in the wild have a tenth of that. */
    private static final long MOST_DIRECTORY = 64L << 20;
    /** One lying archive is enough to know; the list does not grow with its entries. */
    private static final int MOST_DISAGREEMENTS = 8;

    private final SeekableBytes bytes;
    private final EndRecord end;
    private final byte[] directory;
    private final int[] headers;
    private final int count;
    private final Unfolding unfolding;
    private final List<String> disagreements = new ArrayList<>();

    private ZipArchive(SeekableBytes bytes, EndRecord end, byte[] directory, Limits limits) throws InputException {
        this.bytes = bytes;
        this.end = end;
        this.directory = directory;
        this.unfolding = new Unfolding(limits.ratio());
        int[] found = new int[(int) Math.min(directory.length / CENTRAL_SIZE, Math.max(16, end.entries() & 0xffff))];
        int n = 0;
        int at = 0;
        while (at < directory.length) {
            int next = endOfHeader(at);
            if (n == limits.entries()) {
                throw new InputException(
                        InputException.Code.LIMIT, "the archive holds more than " + limits.entries() + " entries");
            }
            if (n == found.length) {
                found = Arrays.copyOf(found, n + (n >> 1) + 16);
            }
            found[n++] = at;
            at = next;
        }
        headers = found;
        count = n;
        // The record counts modulo 65,536 in archives of writers that know no ZIP64.
        if ((end.entries() & 0xffff) != (count & 0xffff)) {
            disagree("the end record counts " + end.entries() + " entries, the directory holds " + count);
        }
    }

    /**
     * Reads the directory of an archive.
     *
     * @throws InputException when there is none, when it is cut off or contradicts itself, or when it exceeds the limits
     */
    public static ZipArchive open(SeekableBytes bytes, Limits limits) throws InputException, IOException {
        EndRecord end = EndRecord.find(bytes);
        if (end.directorySize() > Math.min(MOST_DIRECTORY, limits.fileBytes())) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the archive's directory has " + end.directorySize() + " bytes, more than the "
                            + Math.min(MOST_DIRECTORY, limits.fileBytes()) + " that are read");
        }
        byte[] directory = new byte[(int) end.directorySize()];
        if (bytes.read(end.directory(), directory, 0, directory.length) < directory.length) {
            throw new InputException(InputException.Code.TRUNCATED, "the archive's directory is cut off");
        }
        return new ZipArchive(bytes, end, directory, limits);
    }

    /** Whether the bytes begin as a zip archive does; one with a stub in front does not. */
    public static boolean beginsLikeZip(SeekableBytes bytes) throws IOException {
        return EndRecord.beginsLikeZip(bytes);
    }

    private int endOfHeader(int at) throws InputException {
        if (directory.length - at < CENTRAL_SIZE || i32(directory, at) != CENTRAL_HEADER) {
            throw new InputException(
                    InputException.Code.MALFORMED, "the archive's directory is corrupt at byte " + at + " of it");
        }
        int next = at + CENTRAL_SIZE + u16(directory, at + 28) + u16(directory, at + 30) + u16(directory, at + 32);
        if (next > directory.length) {
            throw new InputException(
                    InputException.Code.MALFORMED, "an entry reaches over the end of the archive's directory");
        }
        return next;
    }

    /** How many entries there are. */
    public int count() {
        return count;
    }

    public int nameLength(int entry) {
        return u16(directory, headers[entry] + 28);
    }

    /** The byte of the entry's name at an index below {@link #nameLength}. */
    public byte nameByte(int entry, int index) {
        return directory[headers[entry] + CENTRAL_SIZE + index];
    }

    /** Whether the name, from an index on, continues with this ASCII text, letter case aside. */
    public boolean nameHas(int entry, int index, String ascii) {
        if (index < 0 || nameLength(entry) - index < ascii.length()) {
            return false;
        }
        int at = headers[entry] + CENTRAL_SIZE + index;
        for (int i = 0; i < ascii.length(); i++) {
            if (lower(directory[at + i]) != lower((byte) ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name ends with this ASCII text, letter case aside. */
    public boolean nameEndsWith(int entry, String ascii) {
        return nameHas(entry, nameLength(entry) - ascii.length(), ascii);
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    public String name(int entry) {
        return new String(directory, headers[entry] + CENTRAL_SIZE, nameLength(entry), StandardCharsets.UTF_8);
    }

    public ZipEntry entry(int entry) throws InputException {
        int at = headers[entry];
        long[] large = sizesAndOffset(at);
        return new ZipEntry(name(entry), u16(directory, at + 10), isEncrypted(entry), large[1], large[0]);
    }

    public boolean isEncrypted(int entry) {
        int at = headers[entry];
        return (u16(directory, at + 8) & FLAG_ENCRYPTED) != 0 || u16(directory, at + 10) == METHOD_AES;
    }

    /** What the archive says twice and differently, as far as it was met: sentences for a person. */
    public List<String> disagreements() {
        return List.copyOf(disagreements);
    }

    /**
     * The content of an entry.
     *
     * @param most how many bytes it may have
     * @throws InputException when it is larger, encrypted, of a method we do not read, cut off, or unfolds to another size than declared
     */
    public byte[] read(int entry, long most) throws InputException, IOException {
        SeekableBytes packed = packed(entry, Math.min(most, Integer.MAX_VALUE - 8));
        ZipEntry header = entry(entry);
        if (header.method() == ZipEntry.DEFLATED) {
            return unfolding.inflate(packed, (int) header.size(), called(header));
        }
        return stored(packed, called(header));
    }

    /** The first bytes of an entry's content, up to {@code most}: all of it when it is no longer. */
    public byte[] head(int entry, int most) throws InputException, IOException {
        ZipEntry header = entry(entry);
        if (header.size() <= most) {
            return read(entry, most);
        }
        SeekableBytes packed = packed(entry, Long.MAX_VALUE);
        return header.method() == ZipEntry.DEFLATED
                ? unfolding.inflateHead(packed, most, called(header))
                : stored(packed.part(0, most), called(header));
    }

    private static byte[] stored(SeekableBytes packed, String called) throws InputException, IOException {
        byte[] content = new byte[(int) packed.size()];
        if (packed.read(0, content, 0, content.length) < content.length) {
            throw new InputException(InputException.Code.TRUNCATED, called + " is cut off");
        }
        return content;
    }

    /** The content of an entry, to be read at any position: a part of the archive when it is stored, else unfolded into memory. */
    public SeekableBytes open(int entry, long most) throws InputException, IOException {
        return u16(directory, headers[entry] + 10) == ZipEntry.STORED
                ? packed(entry, most)
                : SeekableBytes.of(read(entry, most));
    }

    /** The bytes of the entry as they lie in the archive, after all checks that need no unfolding. */
    private SeekableBytes packed(int entry, long most) throws InputException, IOException {
        int at = headers[entry];
        ZipEntry header = entry(entry);
        if (header.encrypted()) {
            throw new InputException(InputException.Code.UNSUPPORTED, called(header) + " is encrypted");
        }
        if (header.method() != ZipEntry.STORED && header.method() != ZipEntry.DEFLATED) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    called(header) + " is compressed by method " + header.method()
                            + "; only stored and deflate are read");
        }
        long unfolded = header.method() == ZipEntry.STORED ? header.compressedSize() : header.size();
        if (unfolded > most || unfolded > Integer.MAX_VALUE - 8 && header.method() == ZipEntry.DEFLATED) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    called(header) + " has " + unfolded + " bytes, more than the " + most + " that are read");
        }
        if (header.method() == ZipEntry.STORED && header.size() != header.compressedSize()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    called(header) + " is stored with " + header.compressedSize() + " bytes but declares "
                            + header.size());
        }
        return bytes.part(dataOf(at, header), header.compressedSize());
    }

    /** Position of the entry's data: after its local header, and before the directory. */
    private long dataOf(int at, ZipEntry header) throws InputException, IOException {
        long local = sizesAndOffset(at)[2] + end.shift();
        int nameLength = u16(directory, at + 28);
        byte[] head = new byte[LOCAL_SIZE + nameLength];
        if (local < 0
                || local > end.directory() - LOCAL_SIZE
                || bytes.read(local, head, 0, head.length) < LOCAL_SIZE
                || i32(head, 0) != LOCAL_HEADER) {
            throw new InputException(
                    InputException.Code.MALFORMED, called(header) + " does not begin where the directory says");
        }
        compare(at, head, header);
        long data = local + LOCAL_SIZE + u16(head, 26) + u16(head, 28);
        if (data > end.directory() || header.compressedSize() > end.directory() - data) {
            throw new InputException(
                    InputException.Code.MALFORMED, called(header) + " reaches into the archive's directory");
        }
        return data;
    }

    private void compare(int at, byte[] local, ZipEntry header) {
        int nameLength = u16(directory, at + 28);
        int nameAt = at + CENTRAL_SIZE;
        boolean sameName = u16(local, 26) == nameLength
                && Arrays.equals(local, LOCAL_SIZE, local.length, directory, nameAt, nameAt + nameLength);
        boolean sameSizes = (u16(local, 6) & FLAG_SIZES_FOLLOW) != 0
                || u32(local, 18) == u32(directory, at + 20) && u32(local, 22) == u32(directory, at + 24)
                || u32(local, 18) == ALL_ONES
                || u32(local, 22) == ALL_ONES;
        if (!sameName || u16(local, 8) != header.method() || !sameSizes) {
            disagree("the local header of " + called(header) + " differs from the directory in "
                    + (!sameName ? "its name" : sameSizes ? "its method" : "its sizes"));
        }
    }

    private void disagree(String sentence) {
        if (disagreements.size() < MOST_DISAGREEMENTS) {
            disagreements.add(sentence);
        }
    }

    /** Size, compressed size and offset of the local header, from the ZIP64 field where they do not fit. */
    private long[] sizesAndOffset(int at) throws InputException {
        long[] values = {u32(directory, at + 24), u32(directory, at + 20), u32(directory, at + 42)};
        if (values[0] != ALL_ONES && values[1] != ALL_ONES && values[2] != ALL_ONES) {
            return values;
        }
        int extra = at + CENTRAL_SIZE + u16(directory, at + 28);
        int extraEnd = extra + u16(directory, at + 30);
        while (extraEnd - extra >= 4) {
            int fieldEnd = Math.min(extraEnd, extra + 4 + u16(directory, extra + 2));
            if (u16(directory, extra) == 1) {
                int field = extra + 4;
                for (int i = 0; i < values.length; i++) {
                    if (values[i] == ALL_ONES && fieldEnd - field >= 8) {
                        values[i] = i64(directory, field);
                        field += 8;
                    }
                }
                break;
            }
            extra = fieldEnd;
        }
        if (values[0] < 0 || values[1] < 0 || values[2] < 0) {
            throw new InputException(InputException.Code.MALFORMED, "an entry's size or offset is beyond any file");
        }
        return values;
    }

    private static String called(ZipEntry header) {
        return SafeText.of(header.name());
    }

    /** Frees the native memory of unfolding; the bytes belong to whoever gave them. */
    @Override
    public void close() {
        unfolding.close();
    }
}
