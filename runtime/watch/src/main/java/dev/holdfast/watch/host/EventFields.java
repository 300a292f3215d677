package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields {@code evt.*}, {@code syscall.*} and {@code fs.path.*}. */
final class EventFields {
    private static final List<String> FILE_CALLS = List.of("file", "io_other");

    private EventFields() {}

    static void addTo(Map<String, Reader> fields) {
        addTimes(fields);
        addKinds(fields);
        addArguments(fields);
        addResults(fields);
        addPaths(fields);
        OpenFlags.addTo(fields);
    }

    private static void addTimes(Map<String, Reader> fields) {
        long second = 1_000_000_000L;
        Reader relative = (event, use, into) ->
                into.set(event.head().time() - event.head().started());
        fields.put("evt.reltime", relative);
        fields.put(
                "evt.reltime.s",
                (event, use, into) ->
                        into.set((event.head().time() - event.head().started()) / second));
        fields.put(
                "evt.reltime.ns",
                (event, use, into) ->
                        into.set((event.head().time() - event.head().started()) % second));
        fields.put(
                "evt.deltatime",
                (event, use, into) ->
                        into.set(event.head().time() - event.head().previous()));
        fields.put(
                "evt.deltatime.s",
                (event, use, into) ->
                        into.set((event.head().time() - event.head().previous()) / second));
        fields.put(
                "evt.deltatime.ns",
                (event, use, into) ->
                        into.set((event.head().time() - event.head().previous()) % second));
        fields.put("evt.latency", (event, use, into) -> latency(event, into, 1, Long.MAX_VALUE));
        fields.put("evt.latency.s", (event, use, into) -> latency(event, into, second, Long.MAX_VALUE));
        fields.put("evt.latency.ns", (event, use, into) -> latency(event, into, 1, second));
    }

    private static void latency(SyscallEvent event, Value into, long divisor, long modulus) {
        if (event.head().latency() >= 0) {
            into.set(event.head().latency() / divisor % modulus);
        }
    }

    private static void addKinds(Map<String, Reader> fields) {
        fields.put("evt.category", (event, use, into) -> into.set(category(event)));
        fields.put("evt.cpu", (event, use, into) -> into.set(event.head().cpu()));
        fields.put("evt.hostname", (event, use, into) -> text(into, event.host().name()));
        fields.put("evt.is_async", (event, use, into) -> into.set(false));
        fields.put("evt.is_syslog", (event, use, into) -> into.set(false));
        fields.put(
                "evt.is_io",
                (event, use, into) -> into.set(event.head().category().startsWith("io_")));
        fields.put(
                "evt.is_io_read",
                (event, use, into) -> into.set(event.head().category().equals("io_read")));
        fields.put(
                "evt.is_io_write",
                (event, use, into) -> into.set(event.head().category().equals("io_write")));
        fields.put(
                "evt.is_wait",
                (event, use, into) -> into.set(event.head().category().equals("wait")));
        fields.put(
                "evt.io_dir",
                (event, use, into) -> text(into, direction(event.head().category())));
        fields.put("evt.count", (event, use, into) -> into.set(1L));
        fields.put("util.cnt", (event, use, into) -> into.set(1L));
        fields.put("syscall.type", (event, use, into) -> {
            if (event.head().isSyscall()) {
                into.set(event.type().name());
            }
        });
    }

    /** What is read and written counts by what it is read from: a file, a socket, or something between processes. */
    private static String category(SyscallEvent event) {
        String category = event.head().category();
        if (!category.startsWith("io_")) {
            return category;
        }
        String rest = category.equals("io_other") ? "" : category;
        return event.descriptor()
                .map(on -> on.kind().isInternet() ? "net" : on.kind().isPath() ? "file" : "ipc")
                .orElse(rest.isEmpty() ? "other" : rest);
    }

    private static String direction(String category) {
        return switch (category) {
            case "io_read" -> "R";
            case "io_write" -> "W";
            default -> category.startsWith("io_") ? "-" : "";
        };
    }

    private static void addArguments(Map<String, Reader> fields) {
        fields.put("evt.args", (event, use, into) -> into.set(allArguments(event.arguments())));
        fields.put("evt.info", (event, use, into) -> into.set(allArguments(event.arguments())));
        fields.put("evt.arg", (event, use, into) -> argument(event.arguments(), use, into));
        fields.put("evt.rawarg", (event, use, into) -> rawArgument(event.arguments(), use, into));
        fields.put("evt.buffer", (event, use, into) -> {
            int data = event.arguments().indexOf("data");
            if (data >= 0) {
                into.set(event.arguments().plain(data));
            }
        });
        fields.put("evt.buflen", (event, use, into) -> {
            if (event.arguments().indexOf("data") >= 0) {
                event.result().filter(bytes -> bytes >= 0).ifPresent(into::set);
            }
        });
    }

    private static String allArguments(Arguments arguments) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            String meaning = arguments.meaning(i);
            all.append(i == 0 ? "" : " ").append(arguments.name(i)).append('=').append(arguments.plain(i));
            if (!meaning.isEmpty()) {
                all.append('(').append(meaning).append(')');
            }
        }
        return all.toString();
    }

    private static int index(Arguments arguments, FieldUse use) {
        if (use.index() >= 0) {
            return use.index() < arguments.size() ? (int) use.index() : -1;
        }
        return use.argument().map(arguments::indexOf).orElse(-1);
    }

    private static void argument(Arguments arguments, FieldUse use, Value into) {
        int index = index(arguments, use);
        if (index >= 0) {
            String meaning = arguments.meaning(index);
            into.set(meaning.isEmpty() ? arguments.plain(index) : meaning);
        }
    }

    private static void rawArgument(Arguments arguments, FieldUse use, Value into) {
        int index = index(arguments, use);
        if (index >= 0 && arguments.isNumber(index)) {
            into.set(arguments.number(index));
        } else if (index >= 0) {
            into.set(arguments.plain(index));
        }
    }

    private static void addResults(Map<String, Reader> fields) {
        fields.put("evt.rawres", (event, use, into) -> event.result().ifPresent(into::set));
        fields.put("evt.failed", (event, use, into) -> event.result().ifPresent(value -> into.set(value < 0)));
        fields.put(
                "evt.res",
                (event, use, into) ->
                        event.result().ifPresent(value -> into.set(value >= 0 ? "SUCCESS" : ErrorNames.of(value))));
        fields.put("evt.count.error", (event, use, into) -> countIf(event, true, into));
        fields.put(
                "evt.count.error.file",
                (event, use, into) ->
                        countIf(event, FILE_CALLS.contains(event.head().category()), into));
        fields.put(
                "evt.count.error.net",
                (event, use, into) -> countIf(event, event.head().category().equals("net"), into));
        fields.put(
                "evt.count.error.memory",
                (event, use, into) -> countIf(event, event.head().category().equals("memory"), into));
        fields.put("evt.count.exit", (event, use, into) -> {
            if (!event.head().isEntry()) {
                into.set(1L);
            }
        });
    }

    private static void countIf(SyscallEvent event, boolean counts, Value into) {
        if (counts && event.isFailed()) {
            into.set(1L);
        }
    }

    private static void addPaths(Map<String, Reader> fields) {
        fields.put("evt.abspath", (event, use, into) -> text(into, absolute(event, use.argument())));
        fields.put(
                "fs.path.name",
                (event, use, into) -> path(event, List.of("path", "name", "filename", "pathname", "dir"), false, into));
        fields.put(
                "fs.path.nameraw",
                (event, use, into) -> path(event, List.of("path", "name", "filename", "pathname", "dir"), true, into));
        fields.put("fs.path.source", (event, use, into) -> path(event, List.of("oldpath", "target"), false, into));
        fields.put("fs.path.sourceraw", (event, use, into) -> path(event, List.of("oldpath", "target"), true, into));
        fields.put("fs.path.target", (event, use, into) -> path(event, List.of("newpath", "linkpath"), false, into));
        fields.put("fs.path.targetraw", (event, use, into) -> path(event, List.of("newpath", "linkpath"), true, into));
    }

    private static String absolute(SyscallEvent event, Optional<String> which) {
        List<String> names = which.filter(end -> end.equals("src")).isPresent()
                ? List.of("oldpath", "path", "name", "filename", "pathname", "linkpath")
                : which.filter(end -> end.equals("dst")).isPresent()
                        ? List.of("newpath", "path", "name", "filename", "pathname", "linkpath")
                        : List.of("path", "name", "filename", "pathname", "linkpath", "oldpath");
        Value value = new Value();
        path(event, names, false, value);
        return value.isAbsent() ? "" : value.text();
    }

    private static void path(SyscallEvent event, List<String> names, boolean isRaw, Value into) {
        if (event.head().isEntry() || !isOfFiles(event)) {
            return;
        }
        for (String name : names) {
            int index = event.arguments().indexOf(name);
            if (index >= 0 && !event.arguments().isNumber(index)) {
                String plain = event.arguments().plain(index);
                String meaning = event.arguments().meaning(index);
                text(into, isRaw || meaning.isEmpty() ? plain : meaning);
                return;
            }
        }
    }

    private static boolean isOfFiles(SyscallEvent event) {
        return event.head().category().equals("file") || event.type().name().startsWith("mknod");
    }
}
