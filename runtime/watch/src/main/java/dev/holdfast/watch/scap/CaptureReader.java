package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.watch.scap.EventTable.EventKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Splits a capture into its blocks, and its event blocks into events.
 *
 * <p>A capture is a series of blocks, usually compressed with gzip; all numbers are little-endian:
 *
 * <pre>
 *   block = u32 type, u32 length, body, u32 length                length counts the whole block
 *
 *   0x0A0D0D0A                 section: u32 0x1A2B3C4D, u16 major (1), u16 minor, u64 length of the section
 *   0x201                      machine: u32 processors, u64 memory, u64 greatest pid, 128 bytes host name, ...
 *   0x202 … 0x215              processes and threads            see {@link ProcessList}
 *   0x203, 0x218               descriptors of one process       see {@link DescriptorList}
 *   0x205, 0x219               network interfaces
 *   0x206, 0x220               users and groups                 see {@link UserList}
 *   0x204, 0x216, 0x221        event
 *   0x208, 0x217, 0x222        event with flags
 *
 *   event  = u16 processor [, u32 flags], u64 nanoseconds since 1970, u64 tid, u32 length, u16 kind
 *            [, u32 parameters], length of each parameter, values
 * </pre>
 *
 * The number of parameters is absent in 0x204 and 0x208, where it follows from the lengths. Lengths of parameters have two bytes, in 0x221
 * and 0x222 four. The length counts from the time to the last value. Kinds are those of {@link EventTable}. Blocks of other types, and
 * events of kinds that are newer than the table, are passed over. A capture may be followed by another one.
 */
final class CaptureReader implements AutoCloseable {
    static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int OTHER_BYTE_ORDER = 0x4D3C2B1A;
    private static final int HIGHEST_MAJOR = 1;
    private static final int FRAME = 12;

    /** Of the whole first block; all writers write the same. */
    private static final int SECTION_LENGTH = 28;

    /** Blocks hold one event or one list: the largest lists of real hosts have a few megabytes. */
    private static final int LARGEST_BLOCK = 256 << 20;

    /** No kind has more; a count above is damage. */
    private static final int MOST_PARAMETERS = 64;

    private static final int NOTIFICATION = 280;
    private static final int INFRASTRUCTURE = 286;

    private final InputStream in;
    private final long limit;
    private long position;
    private long events;

    /** A block of any type. */
    record Block(int type, byte[] bytes) {
        Cursor body() {
            return new Cursor(bytes, 0, bytes.length);
        }

        boolean isEvent() {
            return switch (type) {
                case 0x204, 0x8010ABCD, 0x216, 0x221, 0x208, 0x217, 0x222 -> true;
                default -> false;
            };
        }

        boolean hasFlags() {
            return type == 0x208 || type == 0x217 || type == 0x222;
        }

        boolean isLarge() {
            return type == 0x221 || type == 0x222;
        }

        boolean tellsCount() {
            return isLarge() || type == 0x216 || type == 0x217;
        }
    }

    private CaptureReader(InputStream in, Limits limits) {
        this.in = in;
        this.limit = limits.totalBytes();
    }

    /** Whether a file that begins like this may be a capture, compressed or not; eight bytes are enough. */
    static boolean isSection(byte[] begin) {
        return begin.length >= 4 && begin[0] == 0x0a && begin[1] == 0x0d && begin[2] == 0x0d && begin[3] == 0x0a;
    }

    static CaptureReader open(InputStream file, Limits limits) throws InputException, IOException {
        InputStream bytes = new BufferedInputStream(file, 1 << 16);
        bytes.mark(2);
        boolean isCompressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        try {
            return new CaptureReader(
                    isCompressed ? new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16) : bytes,
                    limits);
        } catch (EOFException | ZipException broken) {
            throw new InputException(InputException.Code.TRUNCATED, "the gzip stream ends in its head", broken);
        }
    }

    /** The next block; empty at the end of the file. */
    Optional<Block> next() throws InputException, IOException {
        byte[] head = read(8);
        if (head.length == 0) {
            return Optional.empty();
        }
        long at = position;
        if (head.length < 8) {
            throw truncated(at, 8, head.length);
        }
        Cursor frame = new Cursor(head, 0, 8);
        int type = frame.i32();
        long length = frame.u32();
        if (position == 8 && type != SECTION) {
            throw new InputException(InputException.Code.MALFORMED, "no capture: it does not begin with a section");
        }
        if (position == 8 && length > LARGEST_BLOCK && Integer.reverseBytes((int) length) == SECTION_LENGTH) {
            throw bigEndian();
        }
        if (length < FRAME || length > LARGEST_BLOCK) {
            throw malformed(at, "a block of " + length + " bytes");
        }
        if (at - 8 + length > limit) {
            throw new InputException(InputException.Code.LIMIT, "the capture unfolds to more than " + limit + " bytes");
        }
        int rest = (int) length - 8;
        byte[] body = read(rest);
        if (body.length < rest) {
            throw truncated(at, length, body.length + 8L);
        }
        if (Cursor.number(body, rest - 4, 4) != length) {
            throw malformed(at, "the lengths before and behind a block differ");
        }
        return Optional.of(new Block(type, Arrays.copyOf(body, rest - 4)));
    }

    /** Reads up to a number of bytes; grows with what is there, not with what is promised. */
    private byte[] read(int count) throws InputException, IOException {
        try {
            byte[] bytes = in.readNBytes(count);
            position += bytes.length;
            return bytes;
        } catch (EOFException cut) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    "the gzip stream is cut off after " + position + " bytes of the capture",
                    cut);
        } catch (ZipException broken) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "the gzip stream is damaged after " + position + " bytes of the capture",
                    broken);
        }
    }

    private static InputException truncated(long at, long wanted, long found) {
        return new InputException(
                InputException.Code.TRUNCATED,
                "the capture is cut off: its last block, at byte " + Math.max(0, at - 8) + ", ends after " + found
                        + " of " + wanted + " bytes");
    }

    private static InputException malformed(long at, String what) {
        return new InputException(
                InputException.Code.MALFORMED, "damaged at byte " + Math.max(0, at - 8) + " of the capture: " + what);
    }

    private static InputException bigEndian() {
        return new InputException(
                InputException.Code.UNSUPPORTED, "the capture was written on a big-endian machine, which is not read");
    }

    /** Checks that a section is one that can be read. */
    static void checkSection(Block block) throws InputException {
        Cursor body = block.body();
        int order = body.i32();
        if (order == OTHER_BYTE_ORDER) {
            throw bigEndian();
        }
        if (order != BYTE_ORDER) {
            throw new InputException(InputException.Code.MALFORMED, "no capture: its section has no byte order mark");
        }
        int major = body.u16();
        if (major > HIGHEST_MAJOR) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    "a capture of format " + major + "; up to " + HIGHEST_MAJOR + " is read");
        }
    }

    /** The event of an event block; empty when its kind is not known. */
    Optional<RawEvent> event(Block block) throws InputException {
        events++;
        Cursor body = block.body();
        int cpu = body.u16();
        if (block.hasFlags()) {
            body.skip(4);
        }
        int start = body.position();
        long time = body.i64();
        long tid = body.i64();
        long length = body.u32();
        int code = body.u16();
        Optional<EventKind> kind = EventTable.TABLE.kind(code);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        // Old writers counted these two kinds three bytes too long.
        boolean isTooLong = !block.tellsCount() && (code == NOTIFICATION || code == INFRASTRUCTURE);
        long end = start + length - (isTooLong ? 3 : 0);
        if (end < body.position() || end > block.bytes().length) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "event " + events + " claims " + length + " bytes, more than its block has");
        }
        int width = block.isLarge() ? 4 : 2;
        int available = (int) end - body.position();
        int count = block.tellsCount()
                ? (int) Math.min(body.u32(), Integer.MAX_VALUE)
                : count(body, kind.get(), width, available);
        int[] offsets = offsets(body, count, width, (int) end);
        return Optional.of(new RawEvent(
                events,
                time,
                tid,
                cpu,
                kind.get(),
                Arrays.copyOfRange(block.bytes(), body.position(), (int) end),
                offsets));
    }

    /** The lengths, turned into offsets. */
    private int[] offsets(Cursor body, int count, int width, int end) throws InputException {
        if (count > MOST_PARAMETERS || (long) count * width > end - body.position()) {
            throw damagedEvent();
        }
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            long sum = offsets[i] + (width == 2 ? body.u16() : body.u32());
            if (sum > end) {
                throw damagedEvent();
            }
            offsets[i + 1] = (int) sum;
        }
        if (body.position() + offsets[count] > end) {
            throw damagedEvent();
        }
        return offsets;
    }

    /** How many lengths there are when the event does not say: as many as make lengths and values fill the event. */
    private int count(Cursor body, EventKind kind, int width, int available) throws InputException {
        for (int count = kind.parameters().size(); count >= 0; count--) {
            if (count * width <= available && sum(body.copy(), count, width) + (long) count * width == available) {
                return count;
            }
        }
        throw damagedEvent();
    }

    private static long sum(Cursor lengths, int count, int width) throws InputException {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += width == 2 ? lengths.u16() : lengths.u32();
        }
        return sum;
    }

    private InputException damagedEvent() {
        return new InputException(
                InputException.Code.MALFORMED, "the parameters of event " + events + " do not fit into it");
    }

    /** How many events were read, those of unknown kinds included. */
    long events() {
        return events;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
