package dev.holdfast.watch.host;

import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which reader reads which field of an event of the kernel. Fields without a reader are absent: nothing here knows them. */
final class SyscallFields {
    /** Reads one field; leaves the value absent when the event has none. */
    @FunctionalInterface
    interface Reader {
        void read(SyscallEvent event, FieldUse use, Value into);
    }

    /** By the number of the field. */
    private static final @Nullable Reader[] READERS = readers();

    private SyscallFields() {}

    static void read(SyscallEvent event, FieldUse use, Value into) {
        Reader reader = READERS[use.field().number()];
        if (reader != null) {
            reader.read(event, use, into);
        }
    }

    private static @Nullable Reader[] readers() {
        Map<String, Reader> named = new HashMap<>();
        EventFields.addTo(named);
        PathFields.addTo(named);
        ProcessFields.addTo(named);
        ThreadFields.addTo(named);
        DescriptorFields.addTo(named);
        ContainerFields.addTo(named);
        PollFields.addTo(named);
        SyslogFields.addTo(named);
        @Nullable Reader[] readers = new Reader[FieldCatalogue.standard().all().size()];
        named.forEach((name, reader) ->
                FieldCatalogue.standard().field(name).ifPresent(field -> readers[field.number()] = reader));
        return readers;
    }

    /** Sets a text that is not empty. */
    static void text(Value into, String text) {
        if (!text.isEmpty()) {
            into.set(text);
        }
    }
}
