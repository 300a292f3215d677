package dev.holdfast.check.kubernetes;

import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A Linux capability, as manifests name it.
 *
 * @param name in capitals, without {@code CAP_}
 */
record Capability(String name) {
    /** Each of them leads to root on the host without a further flaw. */
    private static final Set<String> OWNING =
            Set.of("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "SYS_PTRACE", "DAC_READ_SEARCH", "BPF");

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("ALL", "it may do everything that root on the host may"),
            Map.entry("AUDIT_CONTROL", "it can change and silence the kernel's audit"),
            Map.entry("AUDIT_READ", "it reads the kernel's audit of every process"),
            Map.entry("BLOCK_SUSPEND", "it can keep the host from suspending"),
            Map.entry("BPF", "it can load programs into the kernel that read its memory"),
            Map.entry("CHECKPOINT_RESTORE", "it can set process numbers and read what other processes map"),
            Map.entry("DAC_READ_SEARCH", "it can open any file of the host by its handle"),
            Map.entry("IPC_LOCK", "it can lock memory without bound and starve the host"),
            Map.entry("IPC_OWNER", "it reads and writes the shared memory of others"),
            Map.entry("LEASE", "it can hold up others that open its files"),
            Map.entry("LINUX_IMMUTABLE", "it can make files that nobody can change or remove"),
            Map.entry("MAC_ADMIN", "it can change the policy of the kernel's security module"),
            Map.entry("MAC_OVERRIDE", "it is above the policy of the kernel's security module"),
            Map.entry("NET_ADMIN", "it can change routes, firewalls and addresses, and listen to others"),
            Map.entry("NET_BROADCAST", "it can send to all and listen to all of a network"),
            Map.entry("NET_RAW", "it can forge packets and answer in the name of others"),
            Map.entry("PERFMON", "it can watch the kernel and every process through its counters"),
            Map.entry("SYS_ADMIN", "it can mount, change namespaces and much else: close to root on the host"),
            Map.entry("SYS_BOOT", "it can restart the host"),
            Map.entry("SYS_MODULE", "it can load modules into the kernel, and so run anything there"),
            Map.entry("SYS_NICE", "it can take processor time and memory from everything else"),
            Map.entry("SYS_PACCT", "it can switch the accounting of processes"),
            Map.entry("SYS_PTRACE", "it can read and change the memory of every process that it sees"),
            Map.entry("SYS_RAWIO", "it can read and write the host's disks and memory"),
            Map.entry("SYS_RESOURCE", "it is above the limits that protect the host"),
            Map.entry("SYS_TIME", "it can set the host's clock, on which certificates and logs rely"),
            Map.entry("SYS_TTY_CONFIG", "it can take over the host's terminals"),
            Map.entry("SYSLOG", "it reads the kernel's messages, which help to attack it"),
            Map.entry("WAKE_ALARM", "it can wake the host"));

    /** As the runtimes read it: in any case. A prefix {@code CAP_} is not taken off, because they do not either. */
    static Capability of(String written) {
        return new Capability(written.toUpperCase(Locale.ROOT));
    }

    /** Runtimes grant it without being asked; to add it again to a container that drops all is careful, not dangerous. */
    boolean isUsual() {
        return PodSecurityLists.USUAL_CAPABILITIES.contains(name);
    }

    boolean isUnknown() {
        return !isUsual() && !MEANINGS.containsKey(name);
    }

    boolean ownsTheHost() {
        return OWNING.contains(name);
    }

    String meaning() {
        return MEANINGS.getOrDefault(name, "it can do more than containers usually may");
    }
}
