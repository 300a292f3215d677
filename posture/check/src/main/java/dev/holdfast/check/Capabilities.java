package dev.holdfast.check;

import dev.holdfast.core.Severity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the capabilities of Linux lead to ({@code capabilities(7)}). */
public final class Capabilities {
    private static final Map<String, String> HIGH = Map.ofEntries(
            Map.entry("ALL", "every capability there is: with it, root in the container is nearly root on the host"),
            Map.entry("SYS_ADMIN", "mounting, namespaces and much else: it is nearly root on the host"),
            Map.entry("SYS_MODULE", "loading modules into the host's kernel"),
            Map.entry("SYS_PTRACE", "reading and changing the memory of other processes"),
            Map.entry("SYS_RAWIO", "reading and writing the host's memory and devices"),
            Map.entry("DAC_READ_SEARCH", "reading every file, with a way out of the container's own"),
            Map.entry("BPF", "loading programs into the host's kernel"),
            Map.entry("PERFMON", "watching the kernel and everything that runs on it"),
            Map.entry("SYS_BOOT", "restarting the host or loading another kernel"),
            Map.entry("MAC_ADMIN", "changing the rules that confine everything"),
            Map.entry("MAC_OVERRIDE", "ignoring the rules that confine everything"));

    private static final Map<String, String> MEDIUM = Map.of(
            "NET_ADMIN", "changing addresses, routes and firewall rules",
            "SYS_TIME", "setting the host's clock",
            "SYSLOG", "reading the kernel's messages and addresses",
            "AUDIT_CONTROL", "switching the host's audit off",
            "SYS_RESOURCE", "going beyond limits",
            "SYS_TTY_CONFIG", "the host's terminals",
            "LINUX_IMMUTABLE", "changing files that are marked unchangeable",
            "CHECKPOINT_RESTORE", "taking the place of other processes",
            "IPC_OWNER", "the shared memory of other processes",
            "WAKE_ALARM", "waking the host");

    private Capabilities() {}

    /**
     * A capability that is more than a container should have.
     *
     * @param name without {@code CAP_}, upper case
     * @param meaning what it allows, as a noun
     */
    public record Danger(String name, Severity severity, String meaning) {
        /** The same where neither the filter of system calls nor AppArmor stands beside it: what leads to the host is not hindered any more. */
        public Danger unhindered() {
            return severity == Severity.HIGH
                    ? new Danger(
                            name,
                            Severity.CRITICAL,
                            meaning + "; with seccomp and AppArmor off as well it is as good as privileged")
                    : this;
        }
    }

    /** What a capability allows beyond its container; empty when little. */
    public static Optional<Danger> danger(String word) {
        String upper = word.strip().toUpperCase(Locale.ROOT);
        String name = upper.startsWith("CAP_") ? upper.substring(4) : upper;
        if (HIGH.containsKey(name)) {
            return Optional.of(new Danger(name, Severity.HIGH, HIGH.getOrDefault(name, "")));
        }
        return Optional.ofNullable(MEDIUM.get(name)).map(meaning -> new Danger(name, Severity.MEDIUM, meaning));
    }
}
