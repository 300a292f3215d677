package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The fields {@code thread.*}, {@code user.*} and {@code group.*}. */
final class ThreadFields {
    /** By the number of their bit. */
    private static final String[] CAPABILITIES = """
            CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
            NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN
            SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE
            MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE
            """.strip().split("\\s+");

    private ThreadFields() {}

    static void addTo(Map<String, Reader> fields) {
        addThread(fields);
        addUser(fields);
    }

    private static void addThread(Map<String, Reader> fields) {
        fields.put("thread.tid", (event, use, into) -> into.set(event.task().tid()));
        fields.put("thread.vtid", (event, use, into) -> into.set(event.task().virtualTid()));
        fields.put("thread.ismain", (event, use, into) -> into.set(event.task().isMainThread()));
        fields.put(
                "thread.nametid",
                (event, use, into) ->
                        into.set(event.task().name() + event.task().tid()));
        fields.put(
                "thread.pfmajor",
                (event, use, into) -> into.set(event.task().resources().majorFaults()));
        fields.put(
                "thread.pfminor",
                (event, use, into) -> into.set(event.task().resources().minorFaults()));
        memory(fields, "vmsize", Task.Resources::virtualSize);
        memory(fields, "vmrss", Task.Resources::residentSize);
        fields.put(
                "thread.cgroups",
                (event, use, into) -> text(into, String.join(" ", event.task().cgroups())));
        fields.put("thread.cgroup", (event, use, into) -> {
            String wanted = use.argument().orElse("") + "=";
            for (String cgroup : event.task().cgroups()) {
                if (cgroup.startsWith(wanted)) {
                    into.set(cgroup.substring(wanted.length()));
                }
            }
        });
        fields.put(
                "thread.cap_effective",
                (event, use, into) -> names(event.task().capabilities().effective(), into));
        fields.put(
                "thread.cap_permitted",
                (event, use, into) -> names(event.task().capabilities().permitted(), into));
        fields.put(
                "thread.cap_inheritable",
                (event, use, into) -> names(event.task().capabilities().inheritable(), into));
    }

    /** What the whole process uses is told of its first thread only, so that sums over threads are right. */
    private static void memory(Map<String, Reader> fields, String name, ToLongFunction<Task.Resources> read) {
        fields.put("thread." + name, (event, use, into) -> into.set(ofFirst(event.task(), read)));
        fields.put("thread." + name + ".b", (event, use, into) -> into.set(ofFirst(event.task(), read) * 1024));
    }

    private static long ofFirst(Task task, ToLongFunction<Task.Resources> read) {
        return task.isMainThread() ? read.applyAsLong(task.resources()) : 0;
    }

    private static void names(long bits, Value into) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < CAPABILITIES.length; i++) {
            if ((bits >>> i & 1) != 0) {
                names.append(names.isEmpty() ? "" : " ").append("CAP_").append(CAPABILITIES[i]);
            }
        }
        into.set(names.toString());
    }

    private static void addUser(Map<String, Reader> fields) {
        fields.put(
                "user.uid", (event, use, into) -> into.set(event.task().owner().user()));
        // Who has no name is called so, and is therefore not root.
        fields.put(
                "user.name",
                (event, use, into) ->
                        into.set(event.host().shownUser(event.task().owner().user())));
        fields.put(
                "user.loginuid",
                (event, use, into) -> into.set(event.task().owner().loginUser()));
        fields.put(
                "user.loginname",
                (event, use, into) ->
                        into.set(event.host().shownUser(event.task().owner().loginUser())));
        fields.put("user.homedir", (event, use, into) -> into.set(home(event)));
        fields.put(
                "user.shell",
                (event, use, into) -> into.set(user(event).map(Host.User::shell).orElse(Task.UNKNOWN_NAME)));
        fields.put(
                "group.gid", (event, use, into) -> into.set(event.task().owner().group()));
        fields.put(
                "group.name",
                (event, use, into) ->
                        into.set(event.host().shownGroup(event.task().owner().group())));
    }

    private static Optional<Host.User> user(SyscallEvent event) {
        return Optional.ofNullable(event.host().users().get(event.task().owner().user()));
    }

    private static String home(SyscallEvent event) {
        boolean isRoot = event.task().owner().user() == 0;
        return user(event).map(Host.User::home).orElse(isRoot ? "/root" : Task.UNKNOWN_NAME);
    }
}
