package dev.holdfast.watch.record;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.audit.AuditEvent;
import dev.holdfast.watch.source.EventSource;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Plays a recording; the format is told at {@link RecordingWriter}. A damaged chunk is a gap that costs the events in it. */
public final class RecordingReader implements EventSource {
    /** A writer ends a chunk at 256 KiB; one event more has what an audit event may have at most. */
    private static final int LARGEST_CHUNK = 128 << 20;

    private final String name;
    private final DataInputStream in;
    private final Limits limits;
    private final Gaps gaps = new Gaps();
    private final Deque<Event> ready = new ArrayDeque<>();
    private long events;
    private long chunks;
    private boolean isOver;
    private boolean isDamaged;
    private volatile boolean isStopped;

    private RecordingReader(String name, DataInputStream in, Limits limits) {
        this.name = name;
        this.in = in;
        this.limits = limits;
    }

    /** Whether a file that begins like this is a recording; eight bytes are enough. */
    public static boolean isRecording(byte[] begin) {
        return begin.length >= RecordingWriter.MAGIC.length
                && Arrays.equals(
                        begin, 0, RecordingWriter.MAGIC.length, RecordingWriter.MAGIC, 0, RecordingWriter.MAGIC.length);
    }

    /**
     * Opens a recording, which the reader closes.
     *
     * @param name for messages
     */
    public static RecordingReader open(String name, InputStream file, Limits limits)
            throws InputException, IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(file, 1 << 16));
        byte[] head = in.readNBytes(RecordingWriter.MAGIC.length + 4);
        if (!isRecording(head)) {
            throw new InputException(InputException.Code.MALFORMED, name + ": no recording");
        }
        if (head.length < RecordingWriter.MAGIC.length + 4) {
            throw new InputException(InputException.Code.TRUNCATED, name + ": the recording ends in its head");
        }
        int version = ByteBuffer.wrap(head).getInt(RecordingWriter.MAGIC.length);
        if (version != RecordingWriter.VERSION) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    name + ": a recording of version " + Integer.toUnsignedString(version)
                            + "; this program reads version " + RecordingWriter.VERSION);
        }
        return new RecordingReader(name, in, limits);
    }

    @Override
    public Optional<Event> next() throws InputException, IOException {
        while (ready.isEmpty() && !isOver && !isStopped) {
            chunk();
        }
        if (isOver && isDamaged && events == 0 && ready.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    name + ": no event can be read: " + gaps.list().getFirst().detail());
        }
        return Optional.ofNullable(ready.poll());
    }

    private void chunk() throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            damaged("the recording was cut off: it has no end; " + events + " events were read");
            isOver = true;
            return;
        }
        int packedLength = ByteBuffer.wrap(length).getInt();
        if (packedLength == 0) {
            end(length);
            return;
        }
        byte[] head = in.readNBytes(8);
        if (head.length < 8 || packedLength < 0 || packedLength > LARGEST_CHUNK) {
            damaged("part " + (chunks + 1) + " is damaged or cut off, and what follows cannot be found");
            isOver = true;
            return;
        }
        byte[] packed = in.readNBytes(packedLength);
        chunks++;
        int plainLength = ByteBuffer.wrap(head).getInt();
        if (packed.length < packedLength) {
            damaged("the recording was cut off in part " + chunks + "; " + events + " events were read");
            isOver = true;
            return;
        }
        Optional<byte[]> plain =
                unpacked(packed, plainLength, ByteBuffer.wrap(head).getInt(4));
        if (plain.isEmpty()) {
            damaged("part " + chunks + " is damaged: its checksum is wrong; its events are lost");
            return;
        }
        records(plain.get());
    }

    private void end(byte[] zero) throws IOException {
        isOver = true;
        byte[] rest = in.readNBytes(12);
        byte[] whole = Arrays.copyOf(zero, 12);
        System.arraycopy(rest, 0, whole, 4, Math.min(8, rest.length));
        if (rest.length < 12 || ByteBuffer.wrap(rest).getInt(8) != RecordingWriter.checksum(whole)) {
            damaged("the end of the recording is damaged");
            return;
        }
        long written = ByteBuffer.wrap(rest).getLong();
        if (written != events) {
            damaged(written + " events were recorded, " + events + " of them were read");
        }
    }

    /** The bytes of a chunk; empty when they are not those that were written. Grows with what is there, not with what is promised. */
    private static Optional<byte[]> unpacked(byte[] packed, int length, int checksum) {
        if (length < 0 || length > LARGEST_CHUNK || length > 1_100L * packed.length + 64) {
            return Optional.empty();
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            byte[] plain = new byte[length];
            int filled = 0;
            while (filled < length && !inflater.finished()) {
                int count = inflater.inflate(plain, filled, length - filled);
                if (count == 0) {
                    return Optional.empty();
                }
                filled += count;
            }
            return filled == length && RecordingWriter.checksum(plain) == checksum
                    ? Optional.of(plain)
                    : Optional.empty();
        } catch (DataFormatException wrong) {
            return Optional.empty();
        }
    }

    private void records(byte[] plain) {
        RecordParser parser = new RecordParser(plain);
        try {
            while (parser.hasMore()) {
                Optional<RecordedEvent> event = parser.next();
                if (event.isPresent()) {
                    events++;
                    ready.add(isAudit(event.get()) ? audit(event.get()) : event.get());
                }
            }
        } catch (InputException wrong) {
            damaged("part " + chunks + " holds what no writer writes: " + wrong.getMessage());
        }
    }

    private static boolean isAudit(RecordedEvent event) {
        return event.source().equals(Event.K8S_AUDIT);
    }

    private Event audit(RecordedEvent event) throws InputException {
        Value json = event.fields().get("jevt.obj");
        if (json == null || json.kind() != Value.Kind.TEXT) {
            throw new InputException(InputException.Code.MALFORMED, "an audit event without its JSON");
        }
        return new AuditEvent(Json.parse(json.text(), limits), event.time(), event.number());
    }

    private void damaged(String detail) {
        isDamaged = true;
        gaps.add(Gap.Code.UNREADABLE, name, detail);
    }

    @Override
    public List<Gap> gaps() {
        return gaps.list();
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The type of an event; an unknown name is one of a later program. */
    static EventType type(String name) throws InputException {
        return EventType.of(name)
                .orElseThrow(() -> new InputException(
                        InputException.Code.UNSUPPORTED, "an event of a type that this program does not know"));
    }
}
