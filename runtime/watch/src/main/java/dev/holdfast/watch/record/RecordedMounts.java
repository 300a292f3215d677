package dev.holdfast.watch.record;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.Container.Mount;
import dev.holdfast.watch.host.MountFields;
import java.util.ArrayList;
import java.util.List;

/** Reads mounts out of the text {@code source:target:mode:writable:propagation,…} that {@code container.mounts} is. */
final class RecordedMounts {
    private static final int PARTS = 5;

    private RecordedMounts() {}

    static void read(String text, String field, FieldUse use, Value into) {
        List<Mount> mounts = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = part.split(":", -1);
            if (parts.length == PARTS) {
                mounts.add(new Mount(parts[0], parts[1], parts[2], parts[3].equals("true"), parts[4]));
            }
        }
        MountFields.read(mounts, field, use, into);
    }
}
