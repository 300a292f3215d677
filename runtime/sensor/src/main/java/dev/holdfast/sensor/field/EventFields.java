package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.event.Kind;
import java.util.List;
import java.util.Map;

/** {@code evt.*} and {@code fs.*}: the call, its outcome and its arguments. */
final class EventFields {
    private EventFields() {}

    static void addTo(Map<String, FieldReader> readers) {
        readers.put("evt.dir", (event, use, into) -> into.set("<"));
        readers.put("evt.count", (event, use, into) -> into.set(1));
        readers.put("syscall.type", (event, use, into) -> {
            if (event.kind().isCall()) {
                into.set(event.kind().word());
            }
        });
        readers.put("evt.args", (event, use, into) -> into.set(all(event)));
        readers.put("evt.info", (event, use, into) -> into.set(all(event)));
        readers.put("evt.arg", EventFields::argument);
        readers.put("evt.res", EventFields::outcome);
        readers.put("evt.rawres", (event, use, into) -> {
            if (hasResult(event)) {
                into.set(event.kernel().result());
            }
        });
        readers.put(
                "evt.failed",
                (event, use, into) ->
                        into.set(hasResult(event) && event.kernel().result() < 0));
        readers.put("evt.is_open_read", (event, use, into) -> into.set(isOpen(event) && Flags.reads(flags(event))));
        readers.put("evt.is_open_write", (event, use, into) -> into.set(isOpen(event) && Flags.writes(flags(event))));
        readers.put("evt.is_open_exec", (event, use, into) -> into.set(isOpenExec(event)));
        readers.put(
                "evt.is_open_create",
                (event, use, into) -> into.set(isOpen(event) && (flags(event) & Flags.O_CREAT) != 0));
        readers.put("evt.abspath", EventFields::absolute);
        readers.put("fs.path.name", (event, use, into) -> path(event, into, false));
        readers.put("fs.path.nameraw", (event, use, into) -> path(event, into, true));
        readers.put("fs.path.source", (event, use, into) -> source(event, into, false));
        readers.put("fs.path.sourceraw", (event, use, into) -> source(event, into, true));
        readers.put("fs.path.target", (event, use, into) -> target(event, into, false));
        readers.put("fs.path.targetraw", (event, use, into) -> target(event, into, true));
    }

    private static boolean isOpen(SensorEvent event) {
        return event.kind().body() == Kind.Body.OPEN;
    }

    private static int flags(SensorEvent event) {
        return Flags.open(event.kind(), event.kernel().openFlags());
    }

    /** A file made so that it may be executed. */
    private static boolean isOpenExec(SensorEvent event) {
        return isOpen(event)
                && (flags(event) & Flags.O_CREAT) != 0
                && (event.kernel().openMode() & 0111) != 0;
    }

    private static boolean hasResult(SensorEvent event) {
        return event.kind().isCall() || event.kind().body() == Kind.Body.EXEC;
    }

    private static void outcome(SensorEvent event, FieldUse use, Value into) {
        if (hasResult(event)) {
            long result = event.kernel().result();
            into.set(result < 0 ? ErrorName.of(-result) : "SUCCESS");
        }
    }

    private static void argument(SensorEvent event, FieldUse use, Value into) {
        String name = use.argument().orElse("");
        List<String> names = Arguments.names(event.kind());
        if (use.index() >= 0) {
            name = use.index() < names.size() ? names.get((int) use.index()) : "";
        }
        FieldReaders.text(into, Arguments.value(event, name));
    }

    private static String all(SensorEvent event) {
        StringBuilder all = new StringBuilder();
        for (String name : Arguments.names(event.kind())) {
            all.append(all.isEmpty() ? "" : " ").append(name).append('=').append(Arguments.value(event, name));
        }
        return all.toString();
    }

    private static boolean hasTwoPaths(Kind kind) {
        return switch (kind) {
            case RENAME, RENAMEAT, RENAMEAT2, LINK, LINKAT, SYMLINK, SYMLINKAT, MOVE_MOUNT -> true;
            default -> false;
        };
    }

    /** What the call is about: of two paths the first, or with the argument "dst" the one that is there afterwards; else the only one. */
    private static void absolute(SensorEvent event, FieldUse use, Value into) {
        boolean isSymbolicLink = event.kind() == Kind.SYMLINK || event.kind() == Kind.SYMLINKAT;
        if (hasTwoPaths(event.kind())) {
            boolean isLast =
                    isSymbolicLink || use.argument().filter("dst"::equals).isPresent();
            FieldReaders.text(into, isLast ? Arguments.second(event) : Arguments.first(event));
        } else {
            path(event, into, false);
        }
    }

    private static boolean hasOnePath(Kind kind) {
        return kind.body() == Kind.Body.FILE || (kind.body() == Kind.Body.PATHS && !hasTwoPaths(kind));
    }

    private static void path(SensorEvent event, Value into, boolean isRaw) {
        if (isOpen(event)) {
            FieldReaders.text(into, isRaw ? event.kernel().givenPath() : DescriptorFields.openName(event));
        } else if (DescriptorFields.isByDescriptor(event.kind())) {
            FieldReaders.text(into, DescriptorFields.changedFile(event.kernel()));
        } else if (hasOnePath(event.kind())) {
            FieldReaders.text(into, isRaw ? event.kernel().path1() : Arguments.first(event));
        } else if (event.kind() == Kind.MOUNT) {
            FieldReaders.text(into, event.kernel().text2());
        }
    }

    /** Of a link, the link is the source, and what it leads to the target: so Falco's users know it. */
    private static void source(SensorEvent event, Value into, boolean isRaw) {
        if (isLink(event.kind())) {
            FieldReaders.text(into, isRaw ? event.kernel().path2() : Arguments.second(event));
        } else if (hasTwoPaths(event.kind())) {
            FieldReaders.text(into, isRaw ? event.kernel().path1() : Arguments.first(event));
        } else if (event.kind() == Kind.MOUNT) {
            FieldReaders.text(into, event.kernel().text1());
        }
    }

    private static void target(SensorEvent event, Value into, boolean isRaw) {
        switch (event.kind()) {
            case SYMLINK, SYMLINKAT -> FieldReaders.text(into, event.kernel().path1());
            case LINK, LINKAT -> FieldReaders.text(into, isRaw ? event.kernel().path1() : Arguments.first(event));
            case RENAME, RENAMEAT, RENAMEAT2, MOVE_MOUNT ->
                FieldReaders.text(into, isRaw ? event.kernel().path2() : Arguments.second(event));
            case MOUNT -> FieldReaders.text(into, event.kernel().text2());
            default -> {}
        }
    }

    private static boolean isLink(Kind kind) {
        return switch (kind) {
            case LINK, LINKAT, SYMLINK, SYMLINKAT -> true;
            default -> false;
        };
    }
}
