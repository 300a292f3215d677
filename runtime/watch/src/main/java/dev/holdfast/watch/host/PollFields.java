package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.watch.host.Socket.Endpoint;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/** The fields {@code fdlist.*}: of all descriptors that a call waits for, joined with commas. */
final class PollFields {
    private PollFields() {}

    static void addTo(Map<String, Reader> fields) {
        each(fields, "nums", (fd, number) -> number);
        each(
                fields,
                "names",
                (fd, number) ->
                        fd.map(Descriptor::name).filter(name -> !name.isEmpty()).orElse(Task.UNKNOWN_NAME));
        end(fields, "cips", Socket::client, PollFields::address);
        end(fields, "sips", Socket::server, PollFields::address);
        end(fields, "cports", Socket::client, end -> Integer.toString(end.port()));
        end(fields, "sports", Socket::server, end -> Integer.toString(end.port()));
    }

    /** What is said of one descriptor; nothing where the text is empty. */
    @FunctionalInterface
    private interface Part {
        String of(Optional<Descriptor> descriptor, String number);
    }

    private static void end(
            Map<String, Reader> fields,
            String name,
            Function<Socket, Optional<Endpoint>> which,
            Function<Endpoint, String> print) {
        each(
                fields,
                name,
                (fd, number) ->
                        fd.flatMap(Descriptor::socket).flatMap(which).map(print).orElse(""));
    }

    private static String address(Endpoint end) {
        String printed = end.print();
        return printed.substring(0, printed.lastIndexOf(':'));
    }

    private static void each(Map<String, Reader> fields, String name, Part part) {
        fields.put("fdlist." + name, (event, use, into) -> {
            int list = event.arguments().indexOf("fds");
            if (list < 0 || !event.type().name().endsWith("poll")) {
                return;
            }
            StringJoiner all = new StringJoiner(",");
            for (String entry : event.arguments().plain(list).split(" ")) {
                String number = entry.substring(0, Math.max(0, entry.indexOf(':')));
                String told = number.isEmpty() ? "" : part.of(descriptor(event, number), number);
                if (!told.isEmpty()) {
                    all.add(told);
                }
            }
            text(into, all.toString());
        });
    }

    private static Optional<Descriptor> descriptor(SyscallEvent event, String number) {
        try {
            return event.task().descriptor(Long.parseLong(number));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
