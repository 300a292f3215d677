package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import dev.holdfast.watch.host.Task.ProgramFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The fields {@code proc.*}. */
final class ProcessFields {
    private ProcessFields() {}

    static void addTo(Map<String, Reader> fields) {
        addCommand(fields);
        addEnvironment(fields);
        addFamily(fields);
        addNumbers(fields);
        addGroups(fields);
        addTimes(fields);
        addProgramFile(fields);
        addUse(fields);
    }

    /** One field of the process itself, one of its parent, and one of any ancestor. */
    private static void family(
            Map<String, Reader> fields, String own, String parents, String ancestors, Function<Task, String> read) {
        fields.put("proc." + own, (event, use, into) -> text(into, read.apply(event.task())));
        fields.put(
                "proc." + parents,
                (event, use, into) ->
                        event.host().parentOf(event.task()).ifPresent(parent -> text(into, read.apply(parent))));
        ancestors(fields, ancestors, (task, into) -> text(into, read.apply(task)));
    }

    /** A field of the ancestor of a generation, or without a number of all of them. */
    private static void ancestors(Map<String, Reader> fields, String name, BiConsumer<Task, Value> read) {
        fields.put("proc." + name, (event, use, into) -> {
            if (use.argument().isPresent()) {
                event.host().ancestorOf(event.task(), use.index()).ifPresent(task -> read.accept(task, into));
                return;
            }
            into.setList();
            for (Task ancestor : event.host().ancestorsOf(event.task())) {
                read.accept(ancestor, into.add());
            }
        });
    }

    private static void addCommand(Map<String, Reader> fields) {
        family(fields, "name", "pname", "aname", Task::name);
        family(fields, "exe", "pexe", "aexe", task -> task.image().exe());
        family(fields, "exepath", "pexepath", "aexepath", task -> task.image().path());
        family(fields, "cmdline", "pcmdline", "acmdline", Task::commandLine);
        fields.put("proc.args", (event, use, into) -> {
            List<String> arguments = event.task().image().arguments();
            if (use.argument().isEmpty()) {
                into.set(String.join(" ", arguments));
            } else if (use.index() >= 0 && use.index() < arguments.size()) {
                into.set(arguments.get((int) use.index()));
            }
        });
        ancestors(
                fields,
                "aargs",
                (task, into) -> into.set(String.join(" ", task.image().arguments())));
        fields.put(
                "proc.exeline",
                (event, use, into) -> into.set((event.task().image().exe() + " "
                                + String.join(" ", event.task().image().arguments()))
                        .strip()));
        fields.put(
                "proc.cmdnargs",
                (event, use, into) ->
                        into.set((long) event.task().image().arguments().size()));
        fields.put(
                "proc.cmdlenargs",
                (event, use, into) -> into.set(event.task().image().arguments().stream()
                        .mapToLong(String::length)
                        .sum()));
    }

    private static void addEnvironment(Map<String, Reader> fields) {
        fields.put("proc.env", (event, use, into) -> environment(event.task(), use, into));
        fields.put("proc.aenv", (event, use, into) -> {
            if (use.index() >= 0) {
                event.host()
                        .ancestorOf(event.task(), use.index())
                        .ifPresent(
                                task -> into.set(String.join(" ", task.image().environment())));
                return;
            }
            if (use.argument().isPresent()) {
                for (Task ancestor : event.host().ancestorsOf(event.task())) {
                    environment(ancestor, use, into);
                    if (!into.isAbsent()) {
                        return;
                    }
                }
                return;
            }
            into.setList();
            for (Task ancestor : event.host().ancestorsOf(event.task())) {
                into.add().set(String.join(" ", ancestor.image().environment()));
            }
        });
    }

    private static void environment(Task task, FieldUse use, Value into) {
        List<String> environment = task.image().environment();
        if (use.argument().isEmpty()) {
            into.set(String.join(" ", environment));
            return;
        }
        String wanted = use.argument().get() + "=";
        for (String variable : environment) {
            if (variable.startsWith(wanted)) {
                into.set(variable.substring(wanted.length()));
                return;
            }
        }
    }

    private static void addFamily(Map<String, Reader> fields) {
        number(fields, "pid", Task::pid);
        number(fields, "vpid", Task::virtualPid);
        fields.put("proc.ppid", (event, use, into) -> setKnown(event.host().parentNumberOf(event.task()), into));
        fields.put(
                "proc.pvpid",
                (event, use, into) ->
                        event.host().parentOf(event.task()).ifPresent(parent -> setKnown(parent.virtualPid(), into)));
        ancestors(fields, "apid", (task, into) -> setKnown(task.pid(), into));
        fields.put("proc.loginshellid", (event, use, into) -> {
            Task process = event.host().processOf(event.task());
            if (isShell(process)) {
                into.set(process.pid());
            }
            for (Task ancestor : event.host().ancestorsOf(process)) {
                if (isShell(ancestor)) {
                    into.set(ancestor.pid());
                }
            }
        });
        fields.put(
                "proc.nchilds",
                (event, use, into) -> into.set(event.host().tasks().stream()
                        .filter(task -> !task.isMainThread()
                                && task.pid() == event.task().pid())
                        .count()));
        fields.put(
                "proc.nthreads",
                (event, use, into) -> into.set(event.host().tasks().stream()
                        .filter(task -> task.pid() == event.task().pid())
                        .count()));
    }

    /** All shells have names that end so, and hardly anything else has. */
    private static boolean isShell(Task task) {
        return task.name().endsWith("sh");
    }

    private static void number(Map<String, Reader> fields, String name, ToLongFunction<Task> read) {
        fields.put("proc." + name, (event, use, into) -> setKnown(read.applyAsLong(event.task()), into));
    }

    private static void setKnown(long number, Value into) {
        if (number >= 0) {
            into.set(number);
        }
    }

    private static void addNumbers(Map<String, Reader> fields) {
        fields.put("proc.tty", (event, use, into) -> into.set(event.task().terminal()));
        fields.put(
                "proc.cwd", (event, use, into) -> text(into, folder(event.task().workingFolder())));
        fields.put(
                "proc.fdlimit",
                (event, use, into) -> setKnown(event.task().resources().descriptorLimit(), into));
        number(fields, "sid", Task::session);
        number(fields, "vpgid", Task::virtualGroup);
        number(fields, "pgid", Task::group);
    }

    /** A working folder is told with a slash at its end. */
    private static String folder(String path) {
        return path.isEmpty() || path.endsWith("/") ? path : path + "/";
    }

    private static void addGroups(Map<String, Reader> fields) {
        leader(fields, "sid", Task::session);
        leader(fields, "vpgid", Task::virtualGroup);
        leader(fields, "pgid", Task::group);
        fields.put(
                "proc.sname",
                (event, use, into) -> leader(event, Task::session).ifPresent(task -> text(into, task.name())));
        fields.put(
                "proc.is_sid_leader",
                (event, use, into) ->
                        into.set(event.task().session() == event.task().virtualPid()));
        fields.put(
                "proc.is_vpgid_leader",
                (event, use, into) ->
                        into.set(event.task().virtualGroup() == event.task().virtualPid()));
        fields.put(
                "proc.is_pgid_leader",
                (event, use, into) ->
                        into.set(event.task().group() == event.task().pid()));
    }

    private static void leader(Map<String, Reader> fields, String name, ToLongFunction<Task> group) {
        fields.put(
                "proc." + name + ".name",
                (event, use, into) -> leader(event, group).ifPresent(task -> text(into, task.name())));
        fields.put(
                "proc." + name + ".exe",
                (event, use, into) -> leader(event, group)
                        .ifPresent(task -> text(into, task.image().exe())));
        fields.put(
                "proc." + name + ".exepath",
                (event, use, into) -> leader(event, group)
                        .ifPresent(task -> text(into, task.image().path())));
    }

    /**
     * The leader of a session or group, whose number it bears. Where it has left, or the numbers are those of a namespace, it is the oldest
     * ancestor that is of the same session or group.
     */
    private static Optional<Task> leader(SyscallEvent event, ToLongFunction<Task> group) {
        long wanted = group.applyAsLong(event.task());
        Task found = event.host().processOf(event.task());
        if (wanted < 0) {
            return Optional.empty();
        }
        boolean isOnHost = found.virtualPid() == found.pid();
        Optional<Task> named = isOnHost ? event.host().known(wanted) : Optional.empty();
        if (named.isPresent()) {
            return named;
        }
        for (Task ancestor : event.host().ancestorsOf(event.task())) {
            if (group.applyAsLong(ancestor) != wanted) {
                break;
            }
            found = ancestor;
        }
        return Optional.of(found);
    }

    private static void addTimes(Map<String, Reader> fields) {
        fields.put("proc.duration", (event, use, into) -> since(event, event.task(), into));
        fields.put(
                "proc.ppid.duration",
                (event, use, into) ->
                        event.host().parentOf(event.task()).ifPresent(parent -> since(event, parent, into)));
        fields.put("proc.pid.ts", (event, use, into) -> time(event.task().startedAt(), into));
        fields.put(
                "proc.ppid.ts",
                (event, use, into) ->
                        event.host().parentOf(event.task()).ifPresent(parent -> time(parent.startedAt(), into)));
        fields.put(
                "proc.pidns_init_start_ts",
                (event, use, into) -> time(event.task().namespaceStartedAt(), into));
    }

    private static void since(SyscallEvent event, Task task, Value into) {
        if (task.startedAt() > 0) {
            into.set(event.time() - task.startedAt());
        }
    }

    private static void time(long time, Value into) {
        if (time > 0) {
            into.set(time);
        }
    }

    private static void addProgramFile(Map<String, Reader> fields) {
        fields.put(
                "proc.is_exe_writable",
                (event, use, into) -> into.set(file(event).isWritable()));
        fields.put(
                "proc.is_exe_upper_layer",
                (event, use, into) -> into.set(file(event).isInUpperLayer()));
        fields.put(
                "proc.is_exe_lower_layer",
                (event, use, into) -> into.set(file(event).isInLowerLayer()));
        fields.put(
                "proc.is_exe_from_memfd",
                (event, use, into) -> into.set(file(event).isInMemory()));
        fields.put("proc.exe_ino", (event, use, into) -> time(file(event).inode(), into));
        fields.put("proc.exe_ino.ctime", (event, use, into) -> time(file(event).changedAt(), into));
        fields.put("proc.exe_ino.mtime", (event, use, into) -> time(file(event).modifiedAt(), into));
        fields.put(
                "proc.exe_ino.ctime_duration_proc_start",
                (event, use, into) ->
                        between(file(event).changedAt(), event.task().startedAt(), into));
        fields.put(
                "proc.exe_ino.ctime_duration_pidns_start",
                (event, use, into) ->
                        between(event.task().namespaceStartedAt(), file(event).changedAt(), into));
    }

    private static ProgramFile file(SyscallEvent event) {
        return event.task().image().file();
    }

    private static void between(long from, long to, Value into) {
        if (from > 0 && to >= from) {
            into.set(to - from);
        }
    }

    private static void addUse(Map<String, Reader> fields) {
        fields.put(
                "proc.fdopencount",
                (event, use, into) -> into.set((long) event.task().descriptors().size()));
        fields.put("proc.fdusage", (event, use, into) -> {
            long limit = event.task().resources().descriptorLimit();
            if (limit > 0) {
                into.set(100.0 * event.task().descriptors().size() / limit);
            }
        });
        fields.put(
                "proc.vmsize",
                (event, use, into) -> into.set(event.task().resources().virtualSize()));
        fields.put(
                "proc.vmrss",
                (event, use, into) -> into.set(event.task().resources().residentSize()));
        fields.put(
                "proc.vmswap",
                (event, use, into) -> into.set(event.task().resources().swapSize()));
        List<String> standard = List.of("stdin", "stdout", "stderr");
        for (int i = 0; i < standard.size(); i++) {
            long number = i;
            fields.put(
                    "proc." + standard.get(i) + ".type",
                    (event, use, into) -> event.task()
                            .descriptor(number)
                            .ifPresent(fd -> into.set(fd.kind().word())));
            fields.put(
                    "proc." + standard.get(i) + ".name",
                    (event, use, into) -> event.task().descriptor(number).ifPresent(fd -> text(into, fd.name())));
        }
    }
}
