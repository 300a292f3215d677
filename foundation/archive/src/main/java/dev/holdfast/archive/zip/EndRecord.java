package dev.holdfast.archive.zip;

import static dev.holdfast.archive.zip.LittleEndian.i32;
import static dev.holdfast.archive.zip.LittleEndian.i64;
import static dev.holdfast.archive.zip.LittleEndian.u16;
import static dev.holdfast.archive.zip.LittleEndian.u32;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.Optional;

/**
 * Where the central directory lies, told by the end of the archive.
 *
 * <p>The end of central directory record (APPNOTE 4.3.16; 22 bytes, then a comment):
 *
 * <pre>
 *   0  4  50 4B 05 06
 *   4  2  number of this disk          6  2  disk of the directory
 *   8  2  entries on this disk        10  2  entries
 *  12  4  size of the directory       16  4  its offset from the first local header
 *  20  2  comment length
 * </pre>
 *
 * <p>A field that is all ones sends the reader to the ZIP64 record (4.3.14), which a locator of 20 bytes (4.3.15: {@code 50 4B 06 07},
 * disk, offset of the record as 8 bytes, number of disks) right before the end record points to:
 *
 * <pre>
 *   0  4  50 4B 06 06      24  8  entries on this disk   32  8  entries
 *   4  8  size of the rest 40  8  size of the directory  48  8  its offset
 * </pre>
 *
 * <p>The directory ends where the end record (or the ZIP64 record) begins. Where that is not what the offset says, something was put in
 * front of the archive, such as the start script of an executable jar, and all offsets move by that {@code shift}. A comment may hold
 * bytes that look like an end record: the one is believed that ends exactly where the file ends and leads to a directory; else the last
 * one that leads to a directory, what follows it being trailing rubbish.
 *
 * @param directory position of the central directory
 * @param directorySize its bytes
 * @param entries how many entries it says it has
 * @param shift what to add to every offset
 */
record EndRecord(long directory, long directorySize, long entries, long shift) {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_SIZE = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_SIZE = 56;
    /** The longest comment and the record. */
    private static final int LONGEST_TAIL = 0xffff + END_SIZE;
    /** Enough for an archive with no comment or a short one: most need a single read. */
    private static final int FIRST_TAIL = 1 << 10;
    /** A hostile comment can hold thousands of records; an honest one holds none. */
    private static final int MOST_CANDIDATES = 64;

    static EndRecord find(SeekableBytes bytes) throws InputException, IOException {
        Optional<EndRecord> found = findIn(bytes, FIRST_TAIL, true);
        if (found.isEmpty()) {
            found = findIn(bytes, LONGEST_TAIL, true);
        }
        if (found.isEmpty()) {
            found = findIn(bytes, LONGEST_TAIL, false);
        }
        if (found.isPresent()) {
            return found.get();
        }
        throw beginsLikeZip(bytes)
                ? new InputException(
                        InputException.Code.TRUNCATED,
                        "the archive ends without its central directory; it is cut off or still being written")
                : new InputException(InputException.Code.MALFORMED, "this is no zip archive");
    }

    static boolean beginsLikeZip(SeekableBytes bytes) throws IOException {
        byte[] head = new byte[4];
        return bytes.read(0, head, 0, 4) == 4 && head[0] == 'P' && head[1] == 'K' && head[2] <= 8 && head[3] <= 8;
    }

    private static Optional<EndRecord> findIn(SeekableBytes bytes, int length, boolean exact) throws IOException {
        int most = (int) Math.min(length, bytes.size());
        byte[] tail = new byte[most];
        long start = bytes.size() - most;
        int have = bytes.read(start, tail, 0, most);
        int candidates = 0;
        for (int at = have - END_SIZE; at >= 0 && candidates < MOST_CANDIDATES; at--) {
            if (tail[at] != 'P' || i32(tail, at) != END) {
                continue;
            }
            candidates++;
            long end = start + at + END_SIZE + u16(tail, at + 20);
            if (exact ? end == bytes.size() : end <= bytes.size()) {
                Optional<EndRecord> record = read(bytes, tail, at, start + at);
                if (record.isPresent()) {
                    return record;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<EndRecord> read(SeekableBytes bytes, byte[] tail, int at, long position)
            throws IOException {
        long entries = u16(tail, at + 10);
        long size = u32(tail, at + 12);
        long offset = u32(tail, at + 16);
        if (entries == 0xffff || size == 0xffff_ffffL || offset == 0xffff_ffffL) {
            Optional<EndRecord> large = readZip64(bytes, position);
            if (large.isPresent()) {
                return large;
            }
        }
        return at(bytes, position, size, offset, entries);
    }

    private static Optional<EndRecord> readZip64(SeekableBytes bytes, long end) throws IOException {
        byte[] locator = new byte[ZIP64_LOCATOR_SIZE];
        long locatorAt = end - ZIP64_LOCATOR_SIZE;
        if (locatorAt < 0
                || bytes.read(locatorAt, locator, 0, ZIP64_LOCATOR_SIZE) < ZIP64_LOCATOR_SIZE
                || i32(locator, 0) != ZIP64_LOCATOR) {
            return Optional.empty();
        }
        // Where it says, or, when something was put in front of the archive, right before the locator.
        for (long recordAt : new long[] {i64(locator, 8), locatorAt - ZIP64_END_SIZE}) {
            byte[] record = new byte[ZIP64_END_SIZE];
            if (recordAt < 0
                    || recordAt > locatorAt - ZIP64_END_SIZE
                    || bytes.read(recordAt, record, 0, ZIP64_END_SIZE) < ZIP64_END_SIZE
                    || i32(record, 0) != ZIP64_END) {
                continue;
            }
            Optional<EndRecord> found = at(bytes, recordAt, i64(record, 40), i64(record, 48), i64(record, 32));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The directory of that size that ends at {@code end}, if there is one. */
    private static Optional<EndRecord> at(SeekableBytes bytes, long end, long size, long offset, long entries)
            throws IOException {
        long directory = end - size;
        if (size < 0 || offset < 0 || entries < 0 || directory < 0 || offset > directory) {
            return Optional.empty();
        }
        if (size == 0) {
            return entries == 0 ? Optional.of(new EndRecord(directory, 0, 0, directory - offset)) : Optional.empty();
        }
        byte[] signature = new byte[4];
        if (bytes.read(directory, signature, 0, 4) < 4 || i32(signature, 0) != ZipArchive.CENTRAL_HEADER) {
            return Optional.empty();
        }
        return Optional.of(new EndRecord(directory, size, entries, directory - offset));
    }
}
