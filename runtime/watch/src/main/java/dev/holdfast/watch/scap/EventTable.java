package dev.holdfast.watch.scap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the numbers of a capture mean: the kinds of event with their parameters, and the system calls that have no kind of their own. The
 * table is {@code events.txt} beside this class, one pair of kinds a line:
 *
 * <pre>
 *   line      = code " " name " " category [" fd"] " | " parameters " | " ( parameters | "-" )
 *   parameter = name ":" type [ "(" argument ")" ]
 * </pre>
 *
 * The first parameters are those of {@code code}, an even number: the entry into a system call, or an event without direction. The second
 * are those of {@code code + 1}, the return. {@code argument} names the table of a flag's or enumeration's words, or for a relative path the
 * parameter with the descriptor of its folder. Numbers and names of kinds never change once given out; a later writer only adds parameters
 * behind those that were there.
 */
final class EventTable {
    static final EventTable TABLE = new EventTable();

    /** Generic system calls: their kind tells the number of the call as a parameter. */
    static final int GENERIC_ENTRY = 0;

    private final List<Optional<EventKind>> kinds = new ArrayList<>();
    private final String[] syscalls;
    private final String[] natives;

    /** A kind of event. */
    record EventKind(int code, String name, String category, boolean usesDescriptor, List<Parameter> parameters) {
        EventKind {
            parameters = List.copyOf(parameters);
        }

        boolean isEntry() {
            return (code & 1) == 0;
        }

        /** Where the parameter stands; -1 when there is none of that name. */
        int indexOf(String parameter) {
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).name.equals(parameter)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** A parameter of a kind. */
    record Parameter(String name, ParameterType type, String argument) {}

    private EventTable() {
        for (String line : lines("events.txt")) {
            String[] parts = line.split("\\|", -1);
            String[] head = parts[0].strip().split(" ");
            int code = Integer.parseInt(head[0]);
            boolean usesDescriptor = head.length > 3;
            List<Parameter> entry = parameters(parts[1].strip());
            kinds.add(Optional.of(new EventKind(code, head[1], head[2], usesDescriptor, entry)));
            String exit = parts[2].strip();
            kinds.add(
                    exit.equals("-")
                            ? Optional.empty()
                            : Optional.of(new EventKind(
                                    code + 1, head[1], head[2], usesDescriptor, joined(parameters(exit), entry))));
        }
        syscalls = String.join(" ", lines("syscalls.txt")).split(" ");
        natives = String.join(" ", lines("native.txt")).split(" ");
    }

    /** The kind with this number; empty when it is newer than the table, or never sent. */
    Optional<EventKind> kind(int code) {
        return code < 0 || code >= kinds.size() ? Optional.empty() : kinds.get(code);
    }

    /** All kinds that are known. */
    List<EventKind> kinds() {
        return kinds.stream().flatMap(Optional::stream).toList();
    }

    /** The name of the system call with the writer's number, or else with the number that x86-64 Linux gives it. */
    String syscall(long number, long nativeNumber) {
        if (number > 0 && number < syscalls.length) {
            return syscalls[(int) number];
        }
        if (nativeNumber >= 0 && nativeNumber < natives.length) {
            return natives[(int) nativeNumber];
        }
        return syscalls[0];
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ")) {
            int colon = word.indexOf(':');
            int bracket = word.indexOf('(');
            String type = word.substring(colon + 1, bracket < 0 ? word.length() : bracket);
            String argument = bracket < 0 ? "" : word.substring(bracket + 1, word.length() - 1);
            parameters.add(new Parameter(word.substring(0, colon), ParameterType.of(type), argument));
        }
        return parameters;
    }

    /** The parameters of a return, with those of the entry that newer writers repeat behind them. */
    private static List<Parameter> joined(List<Parameter> exit, List<Parameter> entry) {
        List<Parameter> all = new ArrayList<>(exit);
        for (Parameter parameter : entry) {
            if (exit.stream().noneMatch(own -> own.name.equals(parameter.name))) {
                all.add(parameter);
            }
        }
        return all;
    }

    /** The lines of a table beside this class, without comments and empty ones. */
    static List<String> lines(String name) {
        try (InputStream file = EventTable.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
