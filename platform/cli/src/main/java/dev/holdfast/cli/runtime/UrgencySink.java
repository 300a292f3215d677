package dev.holdfast.cli.runtime;

import dev.holdfast.rules.Priority;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertSink;
import java.util.Optional;

/** Remembers whether any alert was as urgent as a level, for the exit code. */
final class UrgencySink implements AlertSink {
    private final Optional<Priority> level;
    private boolean isMet;

    UrgencySink(Optional<Priority> level) {
        this.level = level;
    }

    boolean isMet() {
        return isMet;
    }

    @Override
    public String name() {
        return "exit code";
    }

    @Override
    public void accept(Alert alert) {
        isMet |= level.filter(wanted -> alert.priority().isAtLeast(wanted)).isPresent();
    }

    @Override
    public void close() {}
}
