package dev.holdfast.report.scan;

import dev.holdfast.core.Gap;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.Exempted;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ruling.Notice;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.List;

/** The lines of the table about what the findings leave out: what was set aside, exceptions that do nothing, what could not be seen. */
final class TerminalCaveats {
    private final Ink ink;
    private final int most;
    private final List<String> lines = new ArrayList<>();

    private TerminalCaveats(Ink ink, int most) {
        this.ink = ink;
        this.most = most;
    }

    /** @param most so many of a kind are shown; set aside ones only where there is no bound */
    static List<String> of(ScanReport report, Ink ink, int most) {
        TerminalCaveats caveats = new TerminalCaveats(ink, most);
        caveats.setAside(report.exempted());
        caveats.notices(report.exempted().notices());
        caveats.gaps(report.gaps());
        return caveats.lines;
    }

    /** What does not count, one by one where everything is shown. */
    private void setAside(Exempted exempted) {
        if (!exempted.findings().isEmpty()) {
            lines.add("");
            long ignored = exempted.count(Ruling.Kind.IGNORE);
            long byVex = exempted.count(Ruling.Kind.VEX);
            lines.add("  set aside " + exempted.findings().size() + "   "
                    + ink.dim("(ignored " + ignored + ", VEX " + byVex + ")"));
            if (most == Integer.MAX_VALUE) {
                for (SetAside each : exempted.findings()) {
                    String name = each.finding()
                            .component()
                            .map(purl -> purl.name() + " " + purl.version())
                            .orElse("");
                    List<String> wrapped = Columns.wrap(
                            each.finding().id() + "  " + name + "  "
                                    + each.ruling().sentence(),
                            Columns.WIDTH - 8);
                    lines.add("      " + wrapped.getFirst());
                    wrapped.subList(1, wrapped.size()).forEach(more -> lines.add("        " + more));
                }
            }
        }
    }

    private void notices(List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + ink.warn("exceptions to look at " + notices.size()));
        int shown = Math.min(most, notices.size());
        for (Notice notice : notices.subList(0, shown)) {
            String edit = notice.edit().isEmpty() ? "" : "; " + notice.edit();
            List<String> wrapped = Columns.wrap(notice.place() + ": " + notice.message() + edit, Columns.WIDTH - 8);
            lines.add("      " + wrapped.getFirst());
            wrapped.subList(1, wrapped.size()).forEach(more -> lines.add("        " + more));
        }
        if (shown < notices.size()) {
            lines.add("      " + ink.dim("and " + (notices.size() - shown) + " more (--all)"));
        }
    }

    private void gaps(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        lines.add("");
        int shown = Math.min(most, gaps.size());
        lines.add("  " + ink.warn("could not see " + gaps.size()));
        for (Gap gap : gaps.subList(0, shown)) {
            List<String> wrapped = Columns.wrap(gap.subject() + ": " + gap.detail(), Columns.WIDTH - 8);
            lines.add("      " + wrapped.getFirst());
            wrapped.subList(1, wrapped.size()).forEach(more -> lines.add("        " + more));
        }
        if (shown < gaps.size()) {
            lines.add("      " + ink.dim("and " + (gaps.size() - shown) + " more (--all)"));
        }
    }
}
