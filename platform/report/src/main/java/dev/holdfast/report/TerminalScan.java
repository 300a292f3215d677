package dev.holdfast.report;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Reach;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.scan.Change;
import dev.holdfast.scan.Exempted;
import dev.holdfast.scan.Notice;
import dev.holdfast.scan.ReachLook;
import dev.holdfast.scan.Ruling;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.SecretsLook;
import dev.holdfast.scan.SetAside;
import dev.holdfast.scan.Support;
import dev.holdfast.scan.Verdict;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.secrets.Secret;
import java.util.ArrayList;
import java.util.EnumMap;
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
        head(report);
        line("");
        line("  " + ink.bold(sentence(report)));
        if (report.hidden() > 0) {
            line("  " + Columns.count(report.hidden(), "finding") + " left out by the filters.");
        }
        changes(report.changes());
        urgent(report);
        secrets(report);
        TerminalOthers.of(report, ink, isComplete ? Integer.MAX_VALUE : SHOWN).forEach(this::line);
        unfixed(flaws(report));
        reach(report);
        TerminalOwners.of(report).forEach(this::line);
        exempted(report.exempted());
        gaps(report.gaps());
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
        String distribution = SafeText.of(distribution(report.support()));
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

    /** Findings that another version removes; the others have sections of their own. */
    private static List<Finding> flaws(ScanReport report) {
        return report.findings().stream()
                .filter(finding -> finding.kind().isOfVersions())
                .toList();
    }

    private static List<Finding> secretsOf(ScanReport report) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.SECRET)
                .toList();
    }

    static String sentence(ScanReport report) {
        int secrets = secretsOf(report).size();
        return flawSentence(report)
                + (secrets == 0 ? "" : " " + Columns.count(secrets, "secret") + ".")
                + TerminalOthers.sentence(report);
    }

    private static String flawSentence(ScanReport report) {
        List<Finding> findings = flaws(report);
        long packages = report.components().stream()
                .filter(component -> component.state() == Component.State.INSTALLED)
                .count();
        if (findings.isEmpty()) {
            return "No findings in " + Columns.count(packages, "package") + ".";
        }
        long critical = findings.stream()
                .filter(finding -> finding.severity() == Severity.CRITICAL)
                .count();
        long exploited = findings.stream()
                .filter(Finding::isExploited)
                .map(Finding::id)
                .distinct()
                .count();
        StringBuilder text = new StringBuilder(Columns.count(findings.size(), "finding"));
        text.append(" in ").append(Columns.count(packages, "package"));
        if (critical > 0) {
            text.append(", ").append(critical).append(" of them critical");
        }
        if (exploited > 0) {
            text.append(", ").append(exploited).append(" known to be exploited");
        }
        text.append('.');
        long inherited = findings.stream().filter(report::isFromBase).count();
        if (inherited > 0) {
            text.append(' ').append(inherited == findings.size() ? "All" : inherited);
            text.append(" came with the base ")
                    .append(report.base().map(BaseImage::name).orElse(""))
                    .append('.');
        }
        int removed = report.changes().stream().mapToInt(Change::findings).sum();
        if (removed > 0) {
            int changes = report.changes().size();
            text.append(' ').append(Columns.count(changes, "change")).append(changes == 1 ? " removes " : " remove ");
            text.append(removed == findings.size() ? "all." : removed + ".");
        }
        return text.toString();
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
                ? flaws(report)
                : flaws(report).stream()
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

    /** What following code told, of all findings together and then of class paths. */
    private void reach(ScanReport report) {
        if (report.reach().isEmpty()) {
            return;
        }
        Map<Reach.Status, Integer> counts = new EnumMap<>(Reach.Status.class);
        for (Finding finding : report.findings()) {
            finding.reach().ifPresent(reach -> counts.merge(reach.status(), 1, Integer::sum));
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((status, count) -> parts.add(count + " " + status.word().replace('-', ' ')));
        line("");
        line("  code followed   " + (parts.isEmpty() ? "no findings in Java libraries" : String.join(", ", parts)));
        ReachLook look = report.reach().get();
        List<String> lines = new ArrayList<>(look.applications());
        lines.addAll(look.copies());
        int shown = isComplete ? lines.size() : Math.min(SHOWN, lines.size());
        for (String one : lines.subList(0, shown)) {
            List<String> wrapped = Columns.wrap(one, Columns.WIDTH - 8);
            line("      " + ink.dim(wrapped.getFirst()));
            wrapped.subList(1, wrapped.size()).forEach(more -> line("        " + ink.dim(more)));
        }
        if (shown < lines.size()) {
            line("      " + ink.dim("and " + (lines.size() - shown) + " more (--all)"));
        }
    }

    /** What others could log in with: worst first, and which published samples were passed over. */
    private void secrets(ScanReport report) {
        List<Finding> secrets = secretsOf(report);
        int shown = isComplete ? secrets.size() : Math.min(SHOWN, secrets.size());
        if (shown > 0) {
            line("");
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
            line("  "
                    + ink.of(secret.severity(), Columns.left(secret.severity().word(), 10)) + " "
                    + Columns.left(secret.id(), 28) + " "
                    + Columns.left(Columns.middle(where, 38 - more.length()) + more, 38) + " "
                    + layer + state);
        }
        if (shown < secrets.size()) {
            line("  " + ink.dim("and " + Columns.count(secrets.size() - shown, "more secret") + " (--all)"));
        }
        if (shown > 0) {
            line("  " + ink.dim("revoke them; a later layer only hides what a lower one holds"));
        }
        samples(report);
    }

    private void samples(ScanReport report) {
        List<Secret> samples = report.secrets().map(SecretsLook::samples).orElse(List.of());
        if (!samples.isEmpty()) {
            Secret first = samples.getFirst();
            String more = samples.size() == 1 ? "" : " and " + (samples.size() - 1) + " more";
            line("");
            line("  "
                    + ink.dim("passed over as published samples: " + first.kind() + " of " + first.proof() + " in "
                            + Columns.middle(first.path(), 38) + more));
        }
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

    /** What does not count, and which exemptions do nothing. */
    private void exempted(Exempted exempted) {
        if (!exempted.findings().isEmpty()) {
            line("");
            long ignored = exempted.count(Ruling.Kind.IGNORE);
            long byVex = exempted.count(Ruling.Kind.VEX);
            line("  set aside " + exempted.findings().size() + "   "
                    + ink.dim("(ignored " + ignored + ", VEX " + byVex + ")"));
            if (isComplete) {
                for (SetAside each : exempted.findings()) {
                    String name = each.finding()
                            .component()
                            .map(purl -> purl.name() + " " + purl.version())
                            .orElse("");
                    List<String> lines = Columns.wrap(
                            each.finding().id() + "  " + name + "  "
                                    + each.ruling().sentence(),
                            Columns.WIDTH - 8);
                    line("      " + lines.getFirst());
                    lines.subList(1, lines.size()).forEach(more -> line("        " + more));
                }
            }
        }
        if (!exempted.notices().isEmpty()) {
            notices(exempted.notices());
        }
    }

    private void notices(List<Notice> notices) {
        line("");
        line("  " + ink.warn("exceptions to look at " + notices.size()));
        int shown = isComplete ? notices.size() : Math.min(SHOWN, notices.size());
        for (Notice notice : notices.subList(0, shown)) {
            String edit = notice.edit().isEmpty() ? "" : "; " + notice.edit();
            List<String> lines = Columns.wrap(notice.place() + ": " + notice.message() + edit, Columns.WIDTH - 8);
            line("      " + lines.getFirst());
            lines.subList(1, lines.size()).forEach(more -> line("        " + more));
        }
        if (shown < notices.size()) {
            line("      " + ink.dim("and " + (notices.size() - shown) + " more (--all)"));
        }
    }

    private void gaps(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        line("");
        int shown = isComplete ? gaps.size() : Math.min(SHOWN, gaps.size());
        line("  " + ink.warn("could not see " + gaps.size()));
        for (Gap gap : gaps.subList(0, shown)) {
            List<String> lines = Columns.wrap(gap.subject() + ": " + gap.detail(), Columns.WIDTH - 8);
            line("      " + lines.getFirst());
            lines.subList(1, lines.size()).forEach(more -> line("        " + more));
        }
        if (shown < gaps.size()) {
            line("      " + ink.dim("and " + (gaps.size() - shown) + " more (--all)"));
        }
    }

    private void packages(ScanReport report) {
        if (!listsPackages) {
            return;
        }
        line("");
        line("  " + Columns.left("type", 8) + Columns.left("package", 40) + Columns.left("version", 28) + "where");
        for (Component component : report.components()) {
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
