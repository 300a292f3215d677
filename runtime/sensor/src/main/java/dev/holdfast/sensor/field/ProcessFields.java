package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code proc.*} and {@code thread.*}: the process, what it runs, and its ancestors. */
final class ProcessFields {
    /** Where a chain of ancestors ends, in any case. */
    private static final int GENERATIONS = 64;

    private ProcessFields() {}

    static void addTo(Map<String, FieldReader> readers) {
        addTexts(readers);
        addAncestors(readers);
        addNumbers(readers);
        addExecutable(readers);
        addStreams(readers);
        readers.put("proc.args", ProcessFields::arguments);
        readers.put("proc.env", ProcessFields::environment);
        readers.put(
                "thread.cap_permitted",
                (event, use, into) ->
                        into.set(Flags.capabilities(event.program().permitted())));
        readers.put(
                "thread.cap_effective",
                (event, use, into) ->
                        into.set(Flags.capabilities(event.program().effective())));
        readers.put(
                "thread.cap_inheritable",
                (event, use, into) ->
                        into.set(Flags.capabilities(event.program().inheritable())));
        readers.put("thread.tid", (event, use, into) -> into.set(event.kernel().tid()));
        readers.put(
                "thread.ismain",
                (event, use, into) ->
                        into.set(event.kernel().tid() == event.kernel().pid()));
    }

    private static void addTexts(Map<String, FieldReader> readers) {
        readers.put(
                "proc.name",
                (event, use, into) -> event.actor().ifPresent(process -> FieldReaders.text(into, process.name())));
        readers.put(
                "proc.exe",
                (event, use, into) -> FieldReaders.text(into, event.program().first()));
        readers.put(
                "proc.exepath",
                (event, use, into) -> FieldReaders.text(into, event.program().path()));
        readers.put(
                "proc.cmdline",
                (event, use, into) ->
                        event.actor().ifPresent(process -> FieldReaders.text(into, process.commandLine())));
        readers.put(
                "proc.exeline",
                (event, use, into) ->
                        FieldReaders.text(into, String.join(" ", event.program().arguments())));
        readers.put("proc.cwd", (event, use, into) -> {
            String folder = event.program().folder();
            FieldReaders.text(into, folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/");
        });
        readers.put(
                "proc.sname",
                (event, use, into) -> sessionLeader(event).ifPresent(leader -> FieldReaders.text(into, leader.name())));
        readers.put(
                "proc.sid.exe",
                (event, use, into) -> sessionLeader(event)
                        .ifPresent(leader ->
                                FieldReaders.text(into, leader.program().first())));
        readers.put(
                "proc.sid.exepath",
                (event, use, into) -> sessionLeader(event)
                        .ifPresent(leader ->
                                FieldReaders.text(into, leader.program().path())));
        readers.put(
                "proc.vpgid.name",
                (event, use, into) -> groupLeader(event).ifPresent(leader -> FieldReaders.text(into, leader.name())));
        readers.put(
                "proc.vpgid.exe",
                (event, use, into) -> groupLeader(event)
                        .ifPresent(leader ->
                                FieldReaders.text(into, leader.program().first())));
        readers.put(
                "proc.vpgid.exepath",
                (event, use, into) -> groupLeader(event)
                        .ifPresent(leader ->
                                FieldReaders.text(into, leader.program().path())));
    }

    private static void addAncestors(Map<String, FieldReader> readers) {
        readers.put("proc.pname", parent(KernelProcess::name));
        readers.put("proc.pexe", parent(process -> process.program().first()));
        readers.put("proc.pexepath", parent(process -> process.program().path()));
        readers.put("proc.pcmdline", parent(KernelProcess::commandLine));
        readers.put("proc.aname", ancestors(KernelProcess::name));
        readers.put("proc.aexe", ancestors(process -> process.program().first()));
        readers.put("proc.aexepath", ancestors(process -> process.program().path()));
        readers.put("proc.acmdline", ancestors(KernelProcess::commandLine));
        readers.put("proc.aargs", ancestors(process -> process.program().rest()));
        readers.put(
                "proc.apid",
                (event, use, into) -> event.actor().ifPresent(process -> ancestorNumbers(process, use, into)));
        readers.put(
                "proc.ppid",
                (event, use, into) ->
                        event.actor().flatMap(KernelProcess::parent).ifPresent(parent -> into.set(parent.pid())));
        readers.put(
                "proc.pvpid",
                (event, use, into) ->
                        event.actor().flatMap(KernelProcess::parent).ifPresent(parent -> into.set(parent.ownPid())));
        readers.put(
                "proc.ppid.ts",
                (event, use, into) -> event.actor()
                        .flatMap(KernelProcess::parent)
                        .ifPresent(parent -> into.set(epoch(event, parent.started()))));
        readers.put(
                "proc.ppid.duration",
                (event, use, into) -> event.actor()
                        .flatMap(KernelProcess::parent)
                        .ifPresent(parent -> into.set(age(event, parent.started()))));
    }

    private static void addNumbers(Map<String, FieldReader> readers) {
        readers.put("proc.pid", (event, use, into) -> into.set(event.kernel().pid()));
        readers.put("proc.vpid", (event, use, into) -> event.actor().ifPresent(process -> into.set(process.ownPid())));
        readers.put("proc.tty", (event, use, into) -> into.set(event.program().terminal()));
        readers.put("proc.sid", (event, use, into) -> into.set(event.program().session()));
        readers.put("proc.vpgid", (event, use, into) -> into.set(event.program().group()));
        readers.put(
                "proc.is_vpgid_leader",
                (event, use, into) -> event.actor()
                        .ifPresent(process ->
                                into.set(process.ownPid() == event.program().group())));
        readers.put(
                "proc.is_sid_leader",
                (event, use, into) -> event.actor()
                        .ifPresent(process ->
                                into.set(process.ownPid() == event.program().session())));
        readers.put(
                "proc.pid.ts",
                (event, use, into) -> into.set(epoch(event, event.kernel().started())));
        readers.put(
                "proc.duration",
                (event, use, into) -> into.set(age(event, event.kernel().started())));
        readers.put(
                "proc.cmdnargs",
                (event, use, into) ->
                        into.set(Math.max(0, event.program().arguments().size() - 1)));
        readers.put(
                "proc.cmdlenargs",
                (event, use, into) -> into.set(event.program().arguments().stream()
                        .skip(1)
                        .mapToLong(String::length)
                        .sum()));
    }

    private static void addStreams(Map<String, FieldReader> readers) {
        String[] names = {"proc.stdin.type", "proc.stdout.type", "proc.stderr.type"};
        for (int i = 0; i < names.length; i++) {
            int which = i;
            readers.put(names[i], (event, use, into) -> {
                List<String> streams = event.program().streams();
                FieldReaders.text(into, streams.isEmpty() ? "" : streams.get(which));
            });
        }
    }

    private static void addExecutable(Map<String, FieldReader> readers) {
        readers.put(
                "proc.is_exe_upper_layer",
                (event, use, into) -> into.set(event.program().isUpperLayer()));
        readers.put(
                "proc.is_exe_from_memfd",
                (event, use, into) -> into.set(event.program().isMemfd()));
        readers.put(
                "proc.exe_ino",
                (event, use, into) -> known(into, event.program().inode()));
        readers.put(
                "proc.exe_ino.ctime",
                (event, use, into) -> known(into, event.program().changed()));
        readers.put(
                "proc.exe_ino.mtime",
                (event, use, into) -> known(into, event.program().modified()));
        readers.put("proc.exe_ino.ctime_duration_proc_start", (event, use, into) -> {
            Program program = event.program();
            if (program.changed() != 0) {
                into.set(epoch(event, program.begun()) - program.changed());
            }
        });
    }

    private static void known(Value into, long number) {
        if (number != 0) {
            into.set(number);
        }
    }

    /** A time since boot as one since 1970. */
    private static long epoch(SensorEvent event, long bootNanos) {
        return event.time() - event.kernel().bootNanos() + bootNanos;
    }

    private static long age(SensorEvent event, long bootNanos) {
        return event.kernel().bootNanos() - bootNanos;
    }

    private static FieldReader parent(Function<KernelProcess, String> property) {
        return (event, use, into) -> event.actor()
                .flatMap(KernelProcess::parent)
                .ifPresent(parent -> FieldReaders.text(into, property.apply(parent)));
    }

    private static FieldReader ancestors(Function<KernelProcess, String> property) {
        return (event, use, into) -> event.actor().ifPresent(process -> {
            if (!use.isList()) {
                int generation = Math.clamp(use.index(), 0, GENERATIONS);
                process.ancestor(generation).ifPresent(each -> FieldReaders.text(into, property.apply(each)));
                return;
            }
            into.setList();
            Optional<KernelProcess> each = process.parent();
            for (int i = 0; i < GENERATIONS && each.isPresent(); i++) {
                into.add().set(property.apply(each.get()));
                each = each.get().parent();
            }
        });
    }

    private static void ancestorNumbers(KernelProcess process, FieldUse use, Value into) {
        if (!use.isList()) {
            process.ancestor(Math.clamp(use.index(), 0, GENERATIONS)).ifPresent(each -> into.set(each.pid()));
            return;
        }
        into.setList();
        Optional<KernelProcess> each = process.parent();
        for (int i = 0; i < GENERATIONS && each.isPresent(); i++) {
            into.add().set(each.get().pid());
            each = each.get().parent();
        }
    }

    /** The nearest ancestor that leads the session of the process, or the process itself. */
    private static Optional<KernelProcess> sessionLeader(SensorEvent event) {
        return leader(event, event.program().session());
    }

    private static Optional<KernelProcess> groupLeader(SensorEvent event) {
        return leader(event, event.program().group());
    }

    /** Numbers of sessions and groups are those of the process's own namespace, in which its ancestors mostly live. */
    private static Optional<KernelProcess> leader(SensorEvent event, int number) {
        Optional<KernelProcess> each = event.actor();
        for (int i = 0; i < GENERATIONS && each.isPresent(); i++) {
            if (each.get().ownPid() == number) {
                return each;
            }
            each = each.get().parent();
        }
        return Optional.empty();
    }

    private static void arguments(SensorEvent event, FieldUse use, Value into) {
        List<String> arguments = event.program().arguments();
        if (use.index() < 0) {
            into.set(event.program().rest());
        } else if (use.index() + 1 < arguments.size()) {
            into.set(arguments.get((int) use.index() + 1));
        }
    }

    private static void environment(SensorEvent event, FieldUse use, Value into) {
        List<String> environment = event.program().environment();
        if (use.argument().isEmpty()) {
            FieldReaders.text(into, String.join(" ", environment));
            return;
        }
        String start = use.argument().get() + "=";
        for (String variable : environment) {
            if (variable.startsWith(start)) {
                into.set(variable.substring(start.length()));
                return;
            }
        }
    }
}
