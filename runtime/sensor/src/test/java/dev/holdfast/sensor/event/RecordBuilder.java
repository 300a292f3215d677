package dev.holdfast.sensor.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes records as the kernel programs do, by the layouts of {@code events.h}. */
public final class RecordBuilder {
    private static final EventHeader HEADER = new EventHeader();

    private final String struct;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
    private int end;

    private RecordBuilder(String struct, Kind kind) {
        this.struct = struct;
        this.end = HEADER.size(struct);
        bytes.put(0, (byte) kind.number());
        bytes.put(1, (byte) KernelEvent.VERSION);
    }

    public static RecordBuilder of(Kind kind) {
        return new RecordBuilder(
                switch (kind.body()) {
                    case NONE -> "header";
                    case EXEC -> "exec_event";
                    case FORK -> "fork_event";
                    case NAME -> "name_event";
                    case OPEN -> "open_event";
                    case PATHS -> "paths_event";
                    case SOCKET -> "socket_event";
                    case CALL -> "call_event";
                    case FILE -> "file_event";
                    case CGROUP -> "cgroup_event";
                },
                kind);
    }

    public RecordBuilder header(String member, long value) {
        return put(HEADER.offset("header." + member), width("header", member), value);
    }

    public RecordBuilder set(String member, long value) {
        return put(HEADER.offset(struct + "." + member), width(struct, member), value);
    }

    public RecordBuilder bytes(String member, byte[] value) {
        bytes.put(HEADER.offset(struct + "." + member), value);
        return this;
    }

    /** Adds a text at the end; its length is a member. */
    public RecordBuilder text(String lengthMember, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.put(end, encoded);
        end += encoded.length;
        return set(lengthMember, encoded.length);
    }

    public byte[] build() {
        return Arrays.copyOf(bytes.array(), end);
    }

    private RecordBuilder put(int offset, int width, long value) {
        switch (width) {
            case 1 -> bytes.put(offset, (byte) value);
            case 2 -> bytes.putShort(offset, (short) value);
            case 4 -> bytes.putInt(offset, (int) value);
            default -> bytes.putLong(offset, value);
        }
        return this;
    }

    /** By the distance to the next member, which holds as nothing is padded. */
    private static int width(String struct, String member) {
        int at = HEADER.offset(struct + "." + member);
        for (int width : new int[] {1, 2, 4}) {
            if (HEADER.starts(struct, at + width)) {
                return width;
            }
        }
        return 8;
    }
}
