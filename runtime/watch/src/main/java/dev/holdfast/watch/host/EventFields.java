package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.List;
import java.util.Map;

/** The fields {@code evt.*} and {@code syscall.*}. */
final class EventFields {
    private EventFields() {}

    static void addTo(Map<String, Reader> fields) {
        addTimes(fields);
        addKinds(fields);
        addArguments(fields);
        addResults(fields);
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
        fields.put("evt.is_async", (event, use, into) -> into.set(event.isNotice()));
        fields.put("evt.asynctype", (event, use, into) -> {
            if (event.isNotice()) {
                String told = event.arguments().plain("name");
                into.set(
                        event.type().name().equals("asyncevent") && !told.isEmpty()
                                ? told
                                : event.type().name());
            }
        });
        fields.put("evt.is_syslog", (event, use, into) -> into.set(SyslogFields.isOfLog(event)));
        fields.put("evt.is_io", (event, use, into) -> into.set(reads(event) || writes(event)));
        fields.put("evt.is_io_read", (event, use, into) -> into.set(reads(event)));
        fields.put("evt.is_io_write", (event, use, into) -> into.set(writes(event)));
        fields.put("evt.is_wait", (event, use, into) -> into.set(waits(event)));
        fields.put(
                "evt.io_dir", (event, use, into) -> text(into, writes(event) ? "write" : reads(event) ? "read" : ""));
        fields.put("evt.count", (event, use, into) -> into.set(1L));
        fields.put("evt.count.procinfo", (event, use, into) -> into.set(0L));
        fields.put("evt.count.threadinfo", (event, use, into) -> into.set(0L));
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
        if (category.equals("ipc")) {
            return "IPC";
        }
        return category.startsWith("io_")
                ? event.descriptor().map(on -> category(on.kind())).orElse("unknown")
                : category;
    }

    private static String category(DescriptorKind kind) {
        return switch (kind) {
            case FILE, DIRECTORY -> "file";
            case IPV4, IPV6 -> "net";
            case PIPE, UNIX, EVENT, SIGNALFD, INOTIFY -> "ipc";
            case EVENTPOLL, TIMERFD, NETLINK, BPF, USERFAULTFD, IO_URING, MEMFD, PIDFD, OTHER -> "unknown";
        };
    }

    /** Whether the call takes bytes out of a descriptor. */
    private static boolean reads(SyscallEvent event) {
        String name = event.type().name();
        return event.head().category().equals("io_read")
                || name.equals("copy_file_range")
                || (name.equals("finit_module") && !event.head().isEntry());
    }

    /** Whether the call puts bytes into a descriptor; one that has the kernel copy between two is told as neither. */
    static boolean writes(SyscallEvent event) {
        String name = event.type().name();
        return (event.head().category().equals("io_write") && !name.equals("sendfile"))
                || name.equals("copy_file_range");
    }

    /** Whether the call waits for something; those that only make what is waited for do not. */
    private static boolean waits(SyscallEvent event) {
        String category = event.head().category();
        return category.equals("sleep")
                || (category.equals("wait") && !event.type().name().startsWith("epoll_create"));
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
        for (String direction : List.of("", ".in", ".out")) {
            fields.put("evt.buflen" + direction, (event, use, into) -> length(event, "", direction, into));
            fields.put("evt.buflen.file" + direction, (event, use, into) -> length(event, "file", direction, into));
            fields.put("evt.buflen.net" + direction, (event, use, into) -> length(event, "net", direction, into));
        }
    }

    /** How many bytes went through a descriptor that is known, of a category when one is asked for. */
    private static void length(SyscallEvent event, String category, String direction, Value into) {
        String own = event.head().category();
        boolean isAsked = switch (direction) {
            case ".in" -> own.equals("io_read");
            case ".out" -> own.equals("io_write");
            default -> own.startsWith("io_");
        };
        boolean isOfKind = event.descriptor()
                .filter(on -> category.isEmpty()
                        || (on.kind() != DescriptorKind.DIRECTORY
                                && category(on.kind()).equals(category)))
                .isPresent();
        if (isAsked && isOfKind) {
            event.result().filter(bytes -> bytes >= 0).ifPresent(into::set);
        }
    }

    private static String allArguments(Arguments arguments) {
        if (arguments.size() > 0 && arguments.name(0).equals("ID")) {
            return ""; // A call of which nothing but its number is told, which its type tells already.
        }
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
        } else if (index >= 0 && !arguments.isMissing(index)) {
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
        fields.put("evt.count.error", (event, use, into) -> countErrors(event, true, into));
        for (String place : List.of("file", "net", "memory", "other")) {
            fields.put(
                    "evt.count.error." + place,
                    (event, use, into) -> countErrors(event, place(event).equals(place), into));
        }
        fields.put("evt.count.exit", (event, use, into) -> {
            if (!event.head().isEntry()) {
                into.set(1L);
            }
        });
    }

    /** 1 for a call that failed, 0 for one that did not, and nothing for what has no result or belongs elsewhere. */
    private static void countErrors(SyscallEvent event, boolean counts, Value into) {
        if (counts) {
            event.result().ifPresent(result -> into.set(result < 0 ? 1L : 0L));
        }
    }

    /** What errors are counted under: by the descriptor, and where there is none by the call. */
    private static String place(SyscallEvent event) {
        String name = event.type().name();
        boolean isMemory = event.head().category().equals("memory");
        if (event.descriptor().isPresent()) {
            DescriptorKind kind = event.descriptor().get().kind();
            boolean isNet = kind.isInternet() || kind == DescriptorKind.UNIX;
            return kind.isPath() ? "file" : isNet ? "net" : isMemory ? "memory" : "other";
        }
        if (name.startsWith("open") || name.equals("creat")) {
            return "file";
        }
        boolean isNet = name.startsWith("accept") || name.equals("connect");
        return isNet ? "net" : isMemory ? "memory" : "other";
    }
}
