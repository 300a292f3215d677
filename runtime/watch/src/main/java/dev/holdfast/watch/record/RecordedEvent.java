package dev.holdfast.watch.record;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.Map;

/**
 * An event of the kernel out of a recording: answers with what was written down. What a field with an argument would have said is taken from
 * the same field without it: the element of a list, the word of a command line, the variable of an environment, the label, the mount.
 */
record RecordedEvent(String source, EventType type, long time, long number, boolean isEntry, Map<String, Value> fields)
        implements Event {

    @Override
    public int aspect() {
        Value failed = fields.get("evt.failed");
        return ExecutionAspect.of(type, failed != null && failed.kind() == Value.Kind.BOOLEAN && failed.isTrue());
    }

    @Override
    public void read(FieldUse use, Value into) {
        Value exact = fields.get(use.written());
        if (exact != null) {
            into.set(exact);
            return;
        }
        if (use.argument().isEmpty()) {
            if (use.isList()) {
                into.setList();
            }
            return;
        }
        derive(use, use.argument().get(), into);
    }

    private void derive(FieldUse use, String argument, Value into) {
        String name = use.field().name();
        switch (name) {
            case "proc.env" -> between(text(name), argument + "=", " ", into);
            case "thread.cgroup" -> between(text("thread.cgroups"), argument + "=", " ", into);
            case "container.label" -> between(text("container.labels"), argument + ":", ", ", into);
            case "k8s.pod.label" -> between(text("k8s.pod.labels"), argument + ":", ", ", into);
            case "proc.args" -> word(text(name), use.index(), into);
            case "container.mount",
                    "container.mount.source",
                    "container.mount.dest",
                    "container.mount.mode",
                    "container.mount.rdwr",
                    "container.mount.propagation" -> RecordedMounts.read(text("container.mounts"), name, use, into);
            default -> element(name, use.index(), into);
        }
    }

    private String text(String name) {
        Value value = fields.get(name);
        return value == null || value.kind() != Value.Kind.TEXT ? "" : value.text();
    }

    /** What stands behind a key at the beginning or behind a separator, up to the next separator. */
    private static void between(String all, String key, String separator, Value into) {
        int at = all.startsWith(key) ? 0 : all.indexOf(separator + key);
        if (at < 0) {
            return;
        }
        int start = all.startsWith(key) ? key.length() : at + separator.length() + key.length();
        int end = all.indexOf(separator, start);
        into.set(end < 0 ? all.substring(start) : all.substring(start, end));
    }

    private static void word(String all, long index, Value into) {
        String[] words = all.isEmpty() ? new String[0] : all.split(" ", -1);
        if (index >= 0 && index < words.length) {
            into.set(words[(int) index]);
        }
    }

    /** Ancestors are counted from 1; 0 is the process itself, whose field has no {@code a} in front. */
    private void element(String name, long index, Value into) {
        Value list = fields.get(name);
        if (index == 0 && name.startsWith("proc.a")) {
            Value own = fields.get("proc." + name.substring("proc.a".length()));
            if (own != null) {
                into.set(own);
            }
            return;
        }
        long position = name.startsWith("proc.a") ? index - 1 : index;
        if (list != null && list.kind() == Value.Kind.LIST && position >= 0 && position < list.size()) {
            into.set(list.element((int) position));
        }
    }
}
