package dev.holdfast.report.check;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.Verdict;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What checks came to, for people: one sentence, then the worst first with the place and the fix, then what could not be seen. */
public final class TerminalCheck {
    /** So many findings are told in full unless all are asked for; the others are counted by rule. */
    private static final int FULL = 12;

    private static final int GAPS = 6;

    private static final int OPEN_QUESTIONS = 3;

    private final CheckReport report;
    private final Ink ink;
    private final boolean showsAll;
    private final StringBuilder out = new StringBuilder(4_096);

    private TerminalCheck(CheckReport report, Ink ink, boolean showsAll) {
        this.report = report;
        this.ink = ink;
        this.showsAll = showsAll;
    }

    /** The view of one target, at most 100 columns wide. */
    public static String render(CheckReport report, Ink ink, boolean showsAll) {
        TerminalCheck view = new TerminalCheck(report, ink, showsAll);
        List<Result> failures = report.failures();
        view.head(failures);
        view.findings(failures);
        view.unseen();
        view.notAssessed();
        view.setAside();
        view.verdict(failures);
        return view.out.toString();
    }

    private void head(List<Result> failures) {
        out.append(ink.bold(SafeText.of(report.given())))
                .append("  ")
                .append(files())
                .append("\n\n");
        if (failures.isEmpty()) {
            out.append("  No finding.\n");
            return;
        }
        Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
        failures.forEach(result -> bySeverity.merge(result.severity(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        bySeverity.forEach((severity, count) -> parts.addFirst(count + " " + severity.word()));
        out.append("  ")
                .append(Columns.count(failures.size(), "finding"))
                .append(": ")
                .append(String.join(", ", parts))
                .append(".\n");
    }

    private String files() {
        List<String> parts = new ArrayList<>();
        report.judged().forEach((kind, count) -> parts.add(count + " " + kind.word()));
        String judged = parts.isEmpty() ? "no file judged" : String.join(", ", parts) + " judged";
        return report.foreign() == 0 ? judged : judged + ", " + report.foreign() + " others";
    }

    private void findings(List<Result> failures) {
        int shown = 0;
        for (Result failure : failures) {
            if (!showsAll && shown == FULL) {
                break;
            }
            shown++;
            finding(failure);
        }
        if (shown < failures.size()) {
            rest(failures.subList(shown, failures.size()));
        }
    }

    private void finding(Result result) {
        out.append("\n  ")
                .append(ink.of(result.severity(), Columns.left(result.severity().word(), 9)))
                .append(ink.bold(Columns.left(result.rule(), 38)))
                .append(' ')
                .append(place(result))
                .append('\n');
        for (String line : Columns.wrap(result.message(), Columns.WIDTH - 12)) {
            out.append(" ".repeat(11)).append(line).append('\n');
        }
        if (!result.fix().isEmpty()) {
            String head = "fix  ";
            for (String line : Columns.wrap(result.fix(), Columns.WIDTH - 12 - head.length())) {
                out.append(" ".repeat(11)).append(ink.good(head)).append(line).append('\n');
                head = "     ";
            }
        }
    }

    private static String place(Result result) {
        return Columns.middle(
                result.path() + ":" + result.place().line() + ":"
                        + result.place().column(),
                49);
    }

    /** What is not told in full: how often each rule, the worst first. */
    private void rest(List<Result> failures) {
        Map<String, Integer> counts = new java.util.LinkedHashMap<>();
        Map<String, Severity> severities = new java.util.HashMap<>();
        for (Result failure : failures) {
            counts.merge(failure.rule(), 1, Integer::sum);
            severities.putIfAbsent(failure.rule(), failure.severity());
        }
        out.append("\n  and ").append(failures.size()).append(" more, with --all in full:\n");
        counts.forEach((rule, count) -> out.append("  ")
                .append(Columns.right(String.valueOf(count), 6))
                .append("  ")
                .append(ink.of(
                        severities.getOrDefault(rule, Severity.UNKNOWN),
                        Columns.left(
                                severities.getOrDefault(rule, Severity.UNKNOWN).word(), 9)))
                .append(rule)
                .append('\n'));
    }

    private void unseen() {
        List<String> unseen = new ArrayList<>();
        for (Gap gap : report.gaps()) {
            unseen.add(gap.subject() + ": " + gap.detail());
        }
        for (Result result : report.results()) {
            if (result.status() == Status.ERROR) {
                unseen.add(result.path() + ": " + result.message());
            }
        }
        if (unseen.isEmpty()) {
            return;
        }
        out.append("\n  could not see ").append(unseen.size()).append('\n');
        int shown = 0;
        for (String one : unseen) {
            if (!showsAll && shown++ == GAPS) {
                out.append("    and ").append(unseen.size() - GAPS).append(" more, with --all\n");
                break;
            }
            for (String line : Columns.wrap(one, Columns.WIDTH - 4)) {
                out.append("    ").append(ink.warn(line)).append('\n');
            }
        }
    }

    /** Questions that what was given does not answer; they change no verdict. */
    private void notAssessed() {
        List<Result> open = report.results().stream()
                .filter(result -> result.status() == Status.NOT_ASSESSED)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        out.append("\n  not assessed ").append(open.size()).append('\n');
        int shown = showsAll ? open.size() : Math.min(OPEN_QUESTIONS, open.size());
        for (Result one : open.subList(0, shown)) {
            String line = one.rule() + " " + one.path() + ":" + one.place().line() + ": " + one.message();
            for (String part : Columns.wrap(line, Columns.WIDTH - 4)) {
                out.append("    ").append(part).append('\n');
            }
        }
        if (shown < open.size()) {
            out.append("    and ").append(open.size() - shown).append(" more, with --all\n");
        }
    }

    private void setAside() {
        if (!report.excepted().isEmpty()) {
            out.append("\n  set aside ").append(report.excepted().size()).append('\n');
        }
        report.excepted().forEach(one -> {
            Result finding = one.finding();
            String line = finding.rule() + " " + finding.path() + ":"
                    + finding.place().line() + " by " + one.by().told();
            for (String part : Columns.wrap(line, Columns.WIDTH - 4)) {
                out.append("    ").append(part).append('\n');
            }
        });
    }

    private void verdict(List<Result> failures) {
        Verdict verdict = report.verdict();
        out.append('\n');
        if (!failures.isEmpty()) {
            out.append("  for machines: --format json\n");
        }
        String word = switch (verdict.outcome()) {
            case PASS -> ink.good("PASS");
            case FAIL -> ink.bad("FAIL");
            case COULD_NOT_TELL -> ink.warn("COULD NOT TELL");
        };
        out.append("  ")
                .append(word)
                .append("  ")
                .append(SafeText.of(verdict.sentence()))
                .append('\n');
    }
}
