package dev.holdfast.report.watch;

import dev.holdfast.core.SafeText;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An alert as the line that Falco writes: {@code TIME: PRIORITY text}. The time is of UTC. */
public final class FalcoAlert implements AlertFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String print(Alert alert) {
        String more = alert.heldBack() > 0 ? " (stands for " + alert.heldBack() + " that were held back)" : "";
        return TIME.format(alert.instant()) + ": " + alert.priority().word() + " " + SafeText.of(alert.text()) + more;
    }
}
