package dev.holdfast.watch.record;

import dev.holdfast.core.InputException;
import dev.holdfast.rules.event.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the records of one chunk. */
final class RecordParser {
    private final ByteBuffer bytes;
    private final List<String> dictionary = new ArrayList<>();
    private long time;

    RecordParser(byte[] plain) {
        this.bytes = ByteBuffer.wrap(plain);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    /** The next record, when it is an event. */
    Optional<RecordedEvent> next() throws InputException {
        int kind = u8();
        if (kind == RecordingWriter.ENTRY) {
            int length = count();
            byte[] utf8 = new byte[length];
            bytes.get(utf8);
            dictionary.add(new String(utf8, StandardCharsets.UTF_8));
            return Optional.empty();
        }
        if (kind != RecordingWriter.EVENT && kind != RecordingWriter.EVENT_OF_ENTRY) {
            throw wrong("a record of kind " + kind);
        }
        String source = entry();
        String type = entry();
        time += signed();
        long number = varint();
        int count = count();
        Map<String, Value> fields = HashMap.newHashMap(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            String field = entry();
            Value value = new Value();
            value(value, true);
            fields.put(field, value);
        }
        return Optional.of(new RecordedEvent(
                source, RecordingReader.type(type), time, number, kind == RecordingWriter.EVENT_OF_ENTRY, fields));
    }

    private void value(Value into, boolean mayBeList) throws InputException {
        int kind = u8();
        switch (kind) {
            case 0 -> {}
            case RecordingWriter.TEXT -> into.set(entry());
            case RecordingWriter.LONG -> into.set(signed());
            case RecordingWriter.DOUBLE -> into.set(Double.longBitsToDouble(u64()));
            case RecordingWriter.BOOLEAN -> into.set(u8() != 0);
            case RecordingWriter.IPV4 -> {
                need(4);
                into.setIpv4(bytes.getInt());
            }
            case RecordingWriter.IPV6 -> into.setIpv6(u64(), u64());
            default -> {
                if (kind != RecordingWriter.LIST || !mayBeList) {
                    throw wrong("a value of kind " + kind);
                }
                int count = count();
                into.setList();
                for (int i = 0; i < count; i++) {
                    value(into.add(), false);
                }
            }
        }
    }

    private int u8() throws InputException {
        need(1);
        return bytes.get() & 0xff;
    }

    private long u64() throws InputException {
        need(8);
        return bytes.getLong();
    }

    private String entry() throws InputException {
        long number = varint();
        if (number < 0 || number >= dictionary.size()) {
            throw wrong("a text that is not in the dictionary");
        }
        return dictionary.get((int) number);
    }

    /** How many bytes or values follow: at least one byte each. */
    private int count() throws InputException {
        long count = varint();
        if (count < 0 || count > bytes.remaining()) {
            throw wrong("a list that is longer than its chunk");
        }
        return (int) count;
    }

    private long signed() throws InputException {
        long number = varint();
        return number >>> 1 ^ -(number & 1);
    }

    private long varint() throws InputException {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            number |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw wrong("a number without an end");
    }

    private void need(int count) throws InputException {
        if (bytes.remaining() < count) {
            throw wrong("a record that its chunk cuts off");
        }
    }

    private static InputException wrong(String what) {
        return new InputException(InputException.Code.MALFORMED, what);
    }
}
