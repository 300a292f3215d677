package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.secret.SecretsLook;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.List;

/** The lines of the table about what others could log in with: worst first, and which published samples were passed over. */
final class TerminalSecrets {
    private final Ink ink;
    private final int most;
    private final List<String> lines = new ArrayList<>();

    private TerminalSecrets(Ink ink, int most) {
        this.ink = ink;
        this.most = most;
    }

    /** @param most so many are shown */
    static List<String> of(ScanReport report, Ink ink, int most) {
        TerminalSecrets secrets = new TerminalSecrets(ink, most);
        secrets.found(ScanSentence.secrets(report));
        secrets.samples(report.secrets().map(SecretsLook::samples).orElse(List.of()));
        return secrets.lines;
    }

    private void found(List<Finding> secrets) {
        int shown = Math.min(most, secrets.size());
        if (shown > 0) {
            lines.add("");
        }
        for (Finding secret : secrets.subList(0, shown)) {
            Finding.Place place = secret.locations().isEmpty()
                    ? new Finding.Place("", -1, 0)
                    : secret.locations().getFirst();
            String more = secret.locations().size() <= 1
                    ? ""
                    : " and " + (secret.locations().size() - 1) + " more";
            String where = place.path() + (place.line() > 0 ? ":" + place.line() : "");
            String layer = place.layer() >= 0 ? "layer " + (place.layer() + 1) : "";
            String state = secret.status().equals("deleted") ? ", deleted later" : "";
            lines.add("  "
                    + ink.of(secret.severity(), Columns.left(secret.severity().word(), 10)) + " "
                    + Columns.left(secret.id(), 28) + " "
                    + Columns.left(Columns.middle(where, 38 - more.length()) + more, 38) + " "
                    + layer + state);
        }
        if (shown < secrets.size()) {
            lines.add("  " + ink.dim("and " + Columns.count(secrets.size() - shown, "more secret") + " (--all)"));
        }
        if (shown > 0) {
            lines.add("  " + ink.dim("revoke them; a later layer only hides what a lower one holds"));
        }
    }

    private void samples(List<Secret> samples) {
        if (!samples.isEmpty()) {
            Secret first = samples.getFirst();
            String more = samples.size() == 1 ? "" : " and " + (samples.size() - 1) + " more";
            lines.add("");
            lines.add("  "
                    + ink.dim("passed over as published samples: " + first.kind() + " of " + first.proof() + " in "
                            + Columns.middle(first.path(), 38) + more));
        }
    }
}
