package dev.holdfast.watch;

import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.Subject;
import java.util.List;
import java.util.Map;

/** Alerts for tests. */
public final class Alerts {
    private Alerts() {}

    /** An alert of a rule about a process of a container, so many milliseconds after some second. */
    public static Alert at(long millis, String rule, String process) {
        return new Alert(
                1_700_000_000_000_000_000L + millis * 1_000_000,
                "node-1",
                rule,
                Priority.WARNING,
                "syscall",
                "somebody did it",
                Map.of(),
                List.of("T1059.004"),
                new Subject(Map.of("container.id", "3ad7b26ded6d", "proc.name", process)),
                0);
    }
}
