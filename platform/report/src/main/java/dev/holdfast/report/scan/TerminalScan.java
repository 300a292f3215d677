package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Reach;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.Verdict;
import dev.holdfast.scan.question.Support;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The view for people, at most {@value Columns#WIDTH} columns wide: first the sentence, then what to do, then what has no fix, then what
 * could not be seen, then the verdict.
 */
public final class TerminalScan {
    /** So many changes, gaps and urgent findings are shown unless all are asked for. */
    private static final int SHOWN = 8;

    private final Ink ink;
    private final boolean isComplete;
    private final boolean listsPackages;
    private final StringBuilder out = new StringBuilder(4_096);

    private TerminalScan(Ink ink, boolean isComplete, boolean listsPackages) {
        this.ink = ink;
        this.isComplete = isComplete;
        this.listsPackages = listsPackages;
    }

    /**
     * Renders one report.
     *
     * @param isComplete list every finding and gap
     * @param listsPackages list the packages too
     */
    public static String render(ScanReport report, Ink ink, boolean isComplete, boolean listsPackages) {
        TerminalScan view = new TerminalScan(ink, isComplete, listsPackages);
        view.report(report);
        return view.out.toString();
    }

    private void report(ScanReport report) {
        int most = isComplete ? Integer.MAX_VALUE : SHOWN;
        head(report);
        line("");
        Columns.wrap(ScanSentence.of(report), Columns.WIDTH - 2).forEach(part -> line("  " + ink.bold(part)));
        if (report.hidden() > 0) {
            line("  " + Columns.count(report.hidden(), "finding") + " left out by the filters.");
        }
        changes(report.changes());
        urgent(report);
        TerminalSecrets.of(report, ink, most).forEach(this::line);
        TerminalOthers.of(report, ink, most).forEach(this::line);
        unfixed(ScanSentence.flaws(report));
        TerminalReach.of(report, ink, most).forEach(this::line);
        TerminalOwners.of(report).forEach(this::line);
        TerminalCaveats.of(report, ink, most).forEach(this::line);
        packages(report);
        foot(report);
    }

    private void head(ScanReport report) {
        TargetDescription target = report.target();
        StringBuilder head = new StringBuilder(SafeText.of(
                target.tags().isEmpty() ? target.given() : target.tags().getFirst()));
        target.platform()
                .map(Platform::toString)
                .ifPresent(text -> head.append("  ").append(SafeText.of(text)));
        target.digest()
                .ifPresent(digest -> head.append("  ").append(digest.brief()).append('…'));
        String distribution = SafeText.of(distribution(report.contents().support()));
        if (head.length() + 3 + distribution.length() <= Columns.WIDTH) {
            line(head + "   " + distribution);
        } else {
            line(Columns.cut(head.toString(), Columns.WIDTH));
            line(Columns.cut(distribution, Columns.WIDTH));
        }
        if (target.kind() == TargetKind.REMEMBERED) {
            line(ink.dim("as it was seen before; the image itself was not looked at"));
        }
    }

    private static String distribution(Optional<Support> support) {
        if (support.isEmpty()) {
            return "no distribution";
        }
        Support known = support.get();
        String name = known.distribution().name();
        return switch (known.state()) {
            case SUPPORTED ->
                name
                        + known.endOfSupport()
                                .map(end -> " (supported until " + end + ")")
                                .orElse("");
            case ENDED ->
                name
                        + known.endOfSupport()
                                .map(end -> " (support ended " + end + ")")
                                .orElse("");
            case UNKNOWN -> name;
        };
    }

    private void changes(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        line("");
        int shown = isComplete ? changes.size() : Math.min(SHOWN, changes.size());
        for (int i = 0; i < shown; i++) {
            Change change = changes.get(i);
            String what = change.where().isEmpty() ? change.title() : change.title() + "   " + place(change);
            line("  " + Columns.right(String.valueOf(i + 1), 2) + "  " + Columns.left(what, 54) + "  "
                    + Columns.right(Columns.count(change.findings(), "finding"), 12) + worst(change));
        }
        if (shown < changes.size()) {
            line("      " + ink.dim("and " + Columns.count(changes.size() - shown, "smaller change") + " (--all)"));
        }
    }

    private static String place(Change change) {
        return Columns.folder(change.where(), Math.max(14, 51 - change.title().length()));
    }

    private String worst(Change change) {
        StringBuilder text = new StringBuilder();
        if (change.critical() > 0) {
            text.append("   ").append(ink.bad(change.critical() + " critical"));
        }
        if (change.exploited() > 0) {
            text.append(change.critical() > 0 ? ", " : "   ").append(ink.bad("exploited"));
        }
        return text.toString();
    }

    /** The findings themselves: all of them, or the few that are exploited or critical. */
    private void urgent(ScanReport report) {
        List<Finding> listed = isComplete
                ? ScanSentence.flaws(report)
                : ScanSentence.flaws(report).stream()
                        .filter(finding -> finding.isExploited() || finding.severity() == Severity.CRITICAL)
                        .limit(SHOWN)
                        .toList();
        if (listed.isEmpty()) {
            return;
        }
        line("");
        for (Finding finding : listed) {
            String name = finding.component()
                    .map(purl -> purl.name() + " " + purl.version())
                    .orElse("");
            String fix = finding.fixedIn().map(version -> "→ " + version).orElse(finding.status());
            line("  "
                    + ink.of(finding.severity(), Columns.left(finding.severity().word(), 10)) + " "
                    + Columns.left(finding.id(), 19) + " " + Columns.left(name, 34) + " " + Columns.cut(fix, 20)
                    + (finding.isExploited() ? ink.bad("  exploited") : "")
                    + finding.reach().map(this::reach).orElse(""));
        }
    }

    /** A quiet mark: the loud part of a finding stays loud. */
    private String reach(Reach reach) {
        return switch (reach.status()) {
            case REACHED -> "  reached";
            case UNKNOWN -> "";
            case NOT_REACHED -> ink.dim("  not reached");
        };
    }

    private void unfixed(List<Finding> findings) {
        Map<String, Integer> byStatus = new LinkedHashMap<>();
        int total = 0;
        for (Finding finding : findings) {
            if (!finding.hasFix()) {
                byStatus.merge(finding.status().replace('-', ' '), 1, Integer::sum);
                total++;
            }
        }
        if (total == 0) {
            return;
        }
        StringBuilder parts = new StringBuilder();
        byStatus.forEach((status, count) -> parts.append(parts.isEmpty() ? "" : ", ")
                .append(status)
                .append(' ')
                .append(count));
        line("");
        line("  no fix yet " + total + "   " + ink.dim("(" + parts + ")"));
    }

    private void packages(ScanReport report) {
        if (!listsPackages) {
            return;
        }
        line("");
        line("  " + Columns.left("type", 8) + Columns.left("package", 40) + Columns.left("version", 28) + "where");
        for (Component component : report.contents().components()) {
            PackageRecord record = component.record();
            String where = component.locations().isEmpty()
                    ? ""
                    : component.locations().getFirst().path();
            String state = component.state() == Component.State.REMOVED ? " (removed)" : "";
            line("  " + Columns.left(record.type().word(), 8) + Columns.left(record.name(), 39) + " "
                    + Columns.left(record.version(), 27) + " " + Columns.middle(where, 22 - state.length()) + state);
        }
    }

    private void foot(ScanReport report) {
        line("");
        if (!report.findings().isEmpty()) {
            String given = Columns.middle(report.target().given(), 40);
            String why = "why:  holdfast explain " + given + " "
                    + report.findings().getFirst().id();
            String rest = (isComplete ? "" : "     all of them: --all") + "     for machines: --format json";
            boolean fits = why.length() + rest.length() + 2 <= Columns.WIDTH;
            line("  " + ink.dim(fits ? why + rest : why));
        }
        Verdict verdict = report.verdict();
        String word = switch (verdict.outcome()) {
            case PASS -> ink.good("PASS");
            case FAIL -> ink.bad("FAIL");
            case COULD_NOT_TELL -> ink.warn("COULD NOT TELL");
        };
        List<String> lines = Columns.wrap(verdict.sentence(), Columns.WIDTH - 18);
        line("  " + word + "  " + lines.getFirst());
        lines.subList(1, lines.size()).forEach(more -> line("        " + more));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
