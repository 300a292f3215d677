package dev.holdfast.watch.record;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Writes a recording. Numbers are big-endian where a width is given; {@code varint} has seven bits a byte, the lowest first, and the highest
 * bit set on all bytes but the last; {@code signed} is a varint of {@code (n << 1) ^ (n >> 63)}.
 *
 * <pre>
 *   recording = "HFEVENTS", u32 version (1), { chunk }, end
 *   chunk     = u32 packed length (not 0), u32 length, u32 CRC-32C of the unpacked bytes, zlib stream of { record }
 *   end       = u32 0, u64 number of events, u32 CRC-32C of these twelve bytes
 *
 *   record    = 1, text                                          the next entry of the chunk's dictionary, from 0
 *             | 2 or 3, entry source, entry type, signed time since the event before in the chunk, varint number,
 *                  varint count, { entry field, value }
 *   text      = varint length, UTF-8 bytes
 *   value     = 1, entry text | 2, signed number | 3, f64 number | 4, u8 truth | 5, u32 address of IPv4
 *             | 6, u64, u64 address of IPv6 | 7, varint count, { value or 0 for an absent element }
 * </pre>
 *
 * Record 3 is an event that tells that a system call was entered and has not returned. Fields are named as in rules, such as {@code proc.aname} or {@code evt.arg[flags]}; a field that an event lacks is left out. An audit event
 * has the one field {@code jevt.obj}. Every chunk stands alone, so that damage costs one chunk; a recording without an end was cut off. The
 * version grows when old readers could misread a file; new kinds of records do that.
 */
public final class RecordingWriter implements AutoCloseable {
    static final byte[] MAGIC = "HFEVENTS".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int ENTRY = 1;
    static final int EVENT = 2;
    static final int EVENT_OF_ENTRY = 3;
    static final int TEXT = 1;
    static final int LONG = 2;
    static final int DOUBLE = 3;
    static final int BOOLEAN = 4;
    static final int IPV4 = 5;
    static final int IPV6 = 6;
    static final int LIST = 7;

    /** Large enough that the dictionary pays, small enough that little is lost when the program is killed. */
    private static final int CHUNK = 256 << 10;

    private final DataOutputStream out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK + (CHUNK >> 2));
    private final DataOutputStream chunk = new DataOutputStream(bytes);
    private final Map<String, Integer> dictionary = new HashMap<>();
    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();
    private final DataOutputStream fieldBytes = new DataOutputStream(fields);
    private final Value value = new Value();
    private final Consumer<String> problems;
    private long events;
    private long kept;
    private boolean isBroken;
    private long previousTime;

    /**
     * Begins a recording.
     *
     * @param problems is told, as a line, when the recording cannot be written on; it ends there then, and what watches does not
     */
    public RecordingWriter(OutputStream out, Consumer<String> problems) throws IOException {
        this.out = new DataOutputStream(out);
        this.problems = problems;
        this.out.write(MAGIC);
        this.out.writeInt(VERSION);
    }

    /** Writes down an event with everything that it answers for. */
    public void write(Event event) {
        events++;
        if (!isBroken) {
            try {
                add(event);
            } catch (IOException failed) {
                broken(failed);
            }
        }
    }

    private void broken(IOException failed) {
        isBroken = true;
        problems.accept("the recording cannot be written on and ends with event " + kept + ": " + failed.getMessage());
    }

    private void add(Event event) throws IOException {
        int count = 0;
        fields.reset();
        for (FieldUse use : Snapshot.of(event)) {
            value.clear();
            event.read(use, value);
            if (!value.isAbsent()) {
                varint(fieldBytes, entry(use.written()));
                value(value);
                count++;
            }
        }
        int source = entry(event.source());
        int type = entry(event.type().name());
        chunk.writeByte(event.isEntry() ? EVENT_OF_ENTRY : EVENT);
        varint(chunk, source);
        varint(chunk, type);
        signed(chunk, event.time() - previousTime);
        varint(chunk, event.number());
        varint(chunk, count);
        fields.writeTo(chunk);
        previousTime = event.time();
        if (bytes.size() >= CHUNK) {
            flush();
        }
    }

    private void value(Value written) throws IOException {
        switch (written.kind()) {
            case ABSENT -> fieldBytes.writeByte(0);
            case TEXT -> {
                int entry = entry(written.text());
                fieldBytes.writeByte(TEXT);
                varint(fieldBytes, entry);
            }
            case LONG -> {
                fieldBytes.writeByte(LONG);
                signed(fieldBytes, written.number());
            }
            case DOUBLE -> {
                fieldBytes.writeByte(DOUBLE);
                fieldBytes.writeDouble(written.decimal());
            }
            case BOOLEAN -> {
                fieldBytes.writeByte(BOOLEAN);
                fieldBytes.writeByte(written.isTrue() ? 1 : 0);
            }
            case IPV4 -> {
                fieldBytes.writeByte(IPV4);
                fieldBytes.writeInt((int) written.low());
            }
            case IPV6 -> {
                fieldBytes.writeByte(IPV6);
                fieldBytes.writeLong(written.high());
                fieldBytes.writeLong(written.low());
            }
            case LIST -> {
                fieldBytes.writeByte(LIST);
                varint(fieldBytes, written.size());
                for (int i = 0; i < written.size(); i++) {
                    value(written.element(i));
                }
            }
        }
    }

    /** The number of a text in the dictionary of the chunk. */
    private int entry(String text) throws IOException {
        Integer known = dictionary.get(text);
        if (known != null) {
            return known;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        chunk.writeByte(ENTRY);
        varint(chunk, utf8.length);
        chunk.write(utf8);
        int number = dictionary.size();
        dictionary.put(text, number);
        return number;
    }

    private static void varint(DataOutputStream to, long number) throws IOException {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            to.writeByte((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.writeByte((int) rest);
    }

    private static void signed(DataOutputStream to, long number) throws IOException {
        varint(to, number << 1 ^ number >> 63);
    }

    /** Ends the chunk: what was written so far can be read from now on. */
    public void flush() throws IOException {
        if (bytes.size() == 0 || isBroken) {
            return;
        }
        byte[] plain = bytes.toByteArray();
        byte[] packed = packed(plain);
        out.writeInt(packed.length);
        out.writeInt(plain.length);
        out.writeInt(checksum(plain));
        out.write(packed);
        out.flush();
        bytes.reset();
        dictionary.clear();
        previousTime = 0;
        kept = events;
    }

    private static byte[] packed(byte[] plain) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 64);
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }

    static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return (int) checksum.getValue();
    }

    /** How many events were given to it. */
    public long events() {
        return events;
    }

    /** How many of them could not be written. */
    public long lost() {
        return isBroken ? events - kept : 0;
    }

    /** Writes the end; the stream stays open for its owner. */
    @Override
    public void close() {
        if (isBroken) {
            return;
        }
        try {
            end();
        } catch (IOException failed) {
            broken(failed);
        }
    }

    private void end() throws IOException {
        flush();
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        DataOutputStream numbers = new DataOutputStream(end);
        numbers.writeInt(0);
        numbers.writeLong(events);
        numbers.flush();
        out.write(end.toByteArray());
        out.writeInt(checksum(end.toByteArray()));
        out.flush();
    }
}
