package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.core.InputException;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.record.RecordingWriter;
import dev.holdfast.watch.source.EventSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds events: captures, audit logs and recordings. Every event is asked for fields as rules do. */
class WatchFuzz {
    private static final List<FieldUse> USES = FieldCatalogue.standard().all().stream()
            .map(field -> field.argument().isRequired() ? FieldUse.of(field, "0") : FieldUse.of(field))
            .filter(use -> !use.field().isCommon())
            .toList();

    @MethodSource("captures")
    @FuzzTest
    void capture(byte[] bytes) {
        Hostile.feedTo(() -> play(bytes));
    }

    @MethodSource("logs")
    @FuzzTest
    void auditLog(byte[] bytes) {
        Hostile.feedTo(() -> play(bytes));
    }

    @MethodSource("recordings")
    @FuzzTest
    void recording(byte[] bytes) {
        Hostile.feedTo(() -> play(bytes));
    }

    private static void play(byte[] bytes) throws InputException, IOException {
        try (EventSource source = new Sources(Hostile.LIMITS, true).open("fuzzed", new ByteArrayInputStream(bytes))) {
            Value value = new Value();
            Optional<? extends Event> event = source.next();
            while (event.isPresent()) {
                for (FieldUse use : USES) {
                    value.clear();
                    if (FieldCatalogue.standard()
                            .field(event.get().source(), use.field().name())
                            .isPresent()) {
                        event.get().read(use, value);
                    }
                }
                event = source.next();
            }
        }
    }

    static Stream<byte[]> captures() {
        return Stream.of(capture());
    }

    /** A section, and the return of an open. */
    private static byte[] capture() {
        ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x0A0D0D0A)
                .putInt(28)
                .putInt(0x1A2B3C4D)
                .putShort((short) 1)
                .putShort((short) 2)
                .putLong(-1)
                .putInt(28);
        byte[] path = "/etc/passwd\0".getBytes(UTF_8);
        int parameters = 4 * 2 + 8 + path.length + 4 + 4;
        int length = 12 + 2 + 26 + parameters;
        bytes.putInt(0x216)
                .putInt(length)
                .putShort((short) 0)
                .putLong(1)
                .putLong(500)
                .putInt(26 + parameters);
        bytes.putShort((short) 3).putInt(4).putShort((short) 8).putShort((short) path.length);
        bytes.putShort((short) 4)
                .putShort((short) 4)
                .putLong(3)
                .put(path)
                .putInt(1)
                .putInt(0)
                .putInt(length);
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }

    static Stream<byte[]> logs() {
        String event =
                "{\"kind\":\"Event\",\"auditID\":\"a\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/a?b=c%20d\","
                        + "\"requestObject\":{\"spec\":{\"containers\":[{\"image\":\"a:1\"}],\"volumes\":[{\"hostPath\":{\"path\":\"/\"}}]}}}";
        return Stream.of(event + "\n" + event, "{\"kind\":\"EventList\",\"items\":[" + event + "]}", "[" + event + "]")
                .map(text -> text.getBytes(UTF_8));
    }

    static Stream<byte[]> recordings() throws InputException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventSource source = new Sources(Hostile.LIMITS, true).open("seed", new ByteArrayInputStream(capture()));
                RecordingWriter writer = new RecordingWriter(bytes, line -> {})) {
            writer.write(source.next().orElseThrow());
        }
        return Stream.of(bytes.toByteArray());
    }
}
