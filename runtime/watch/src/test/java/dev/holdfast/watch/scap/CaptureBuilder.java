package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.CommonFields;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes captures for tests, one block after the other. */
final class CaptureBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long time = 1_700_000_000_000_000_000L;

    static CaptureBuilder begun() {
        return new CaptureBuilder().section();
    }

    CaptureBuilder section() {
        return block(CaptureReader.SECTION, number(0x1A2B3C4D, 4), number(1, 2), number(2, 2), number(-1, 8));
    }

    CaptureBuilder block(int type, byte[]... parts) {
        byte[] body = joined(parts);
        int length = (body.length + 3) / 4 * 4 + 12;
        out.writeBytes(number(type, 4));
        out.writeBytes(number(length, 4));
        out.writeBytes(body);
        out.writeBytes(new byte[length - 12 - body.length]);
        out.writeBytes(number(length, 4));
        return this;
    }

    /** A process as version 9 of the list tells it, with nothing behind its root. */
    CaptureBuilder process(long pid, long parent, String name, String exe, String folder, String cgroup) {
        byte[] entry = joined(
                number(pid, 8),
                number(pid, 8),
                number(parent, 8),
                number(pid, 8),
                number(pid, 8),
                text(name),
                text(exe),
                text(exe),
                text(""),
                text(folder),
                number(1024, 8),
                number(0, 4),
                number(0, 4),
                number(0, 4),
                number(0, 4),
                number(0, 4),
                number(0, 4),
                number(0, 8),
                number(0, 8),
                text(""),
                number(pid, 8),
                number(pid, 8),
                text(cgroup.isEmpty() ? "" : "memory=" + cgroup + "\0"),
                text("/"));
        return block(0x215, number(entry.length + 4L, 4), entry);
    }

    /** An event of the second format, a microsecond after the one before. */
    CaptureBuilder event(int code, long tid, byte[]... parameters) {
        time += 1_000;
        byte[][] lengths = new byte[parameters.length][];
        for (int i = 0; i < parameters.length; i++) {
            lengths[i] = number(parameters[i].length, 2);
        }
        byte[] body = joined(joined(lengths), joined(parameters));
        return block(
                0x216,
                number(0, 2),
                number(time, 8),
                number(tid, 8),
                number(26L + body.length, 4),
                number(code, 2),
                number(parameters.length, 4),
                body);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] compressed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(out.toByteArray());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return packed.toByteArray();
    }

    /** What the fields say of each event that is handed out. */
    List<List<String>> read(boolean withEntries, String... fields) throws InputException, IOException {
        return read(bytes(), withEntries, fields);
    }

    static List<List<String>> read(byte[] capture, boolean withEntries, String... fields)
            throws InputException, IOException {
        List<List<String>> events = new ArrayList<>();
        try (CaptureReplay replay =
                CaptureReplay.open("test.scap", new ByteArrayInputStream(capture), Limits.DEFAULT, withEntries)) {
            Optional<? extends Event> event = replay.next();
            while (event.isPresent()) {
                List<String> row = new ArrayList<>(List.of(event.get().type().name()));
                for (String field : fields) {
                    row.add(value(event.get(), field).toString());
                }
                events.add(row);
                event = replay.next();
            }
        }
        return events;
    }

    /** The value of a field, written as in rules. */
    static Value value(Event event, String written) {
        int bracket = written.indexOf('[');
        String name = bracket < 0 ? written : written.substring(0, bracket);
        Optional<String> argument =
                bracket < 0 ? Optional.empty() : Optional.of(written.substring(bracket + 1, written.length() - 1));
        FieldCatalogue catalogue = FieldCatalogue.standard();
        FieldUse use = argument.map(text -> catalogue.use(event.source(), name, text))
                .orElseGet(() -> catalogue.use(event.source(), name))
                .orElseThrow();
        Value value = new Value();
        if (use.field().isCommon()) {
            CommonFields.read(event, use, value);
        } else {
            event.read(use, value);
        }
        return value;
    }

    static byte[] number(long value, int width) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return java.util.Arrays.copyOf(all, width);
    }

    /** A text behind its length. */
    static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return joined(number(utf8.length, 2), utf8);
    }

    /** A text that ends with a zero byte. */
    static byte[] string(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
