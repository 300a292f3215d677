package dev.holdfast.report.policy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.policy.Exemption;
import dev.holdfast.policy.Judged;
import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.policy.trial.PolicyTester.CaseResult;
import dev.holdfast.policy.trial.PolicyTester.TestResult;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.List;
import java.util.Locale;

/** What policies came to, for people: what is wrong with them, how their tests came out, what they refuse, and the verdict last. */
public final class TerminalPolicy {
    private static final int FULL = 20;
    private final Ink ink;
    private final boolean showsAll;
    private final StringBuilder out = new StringBuilder(2_048);

    private TerminalPolicy(Ink ink, boolean showsAll) {
        this.ink = ink;
        this.showsAll = showsAll;
    }

    /** The view, at most 100 columns wide. */
    public static String render(PolicyResults results, Ink ink, boolean showsAll) {
        TerminalPolicy view = new TerminalPolicy(ink, showsAll);
        results.refusals().forEach(view::refusal);
        results.warnings().forEach(view::warning);
        results.tests().forEach(view::test);
        results.judged().ifPresent(view::report);
        if (!results.tests().isEmpty()) {
            view.tally(results);
        }
        return view.out.toString();
    }

    private void refusal(Refusal refusal) {
        out.append(ink.bad("refused"))
                .append("  ")
                .append(ink.bold(Columns.cut(refusal.kind() + " " + refusal.name(), 56)))
                .append("  ")
                .append(Columns.middle(refusal.place(), 30))
                .append('\n');
        for (Refusal.Cause cause : refusal.causes()) {
            out.append("  ").append(SafeText.of(cause.field())).append('\n');
            cause.message().lines().forEach(this::cause);
        }
        out.append('\n');
    }

    private void warning(ExpressionWarning warning) {
        out.append(ink.warn("warning"))
                .append("  ")
                .append(ink.bold(Columns.cut(warning.policy(), 56)))
                .append("  ")
                .append(Columns.middle(warning.place(), 30))
                .append("\n  ")
                .append(SafeText.of(warning.field()))
                .append('\n');
        warning.warning().lines().filter(line -> !line.isEmpty()).forEach(this::cause);
        out.append('\n');
    }

    /** Lines that point into an expression stay whole; the sentences are wrapped. */
    private void cause(String line) {
        List<String> lines = line.startsWith(" |")
                ? List.of(Columns.cut(line, Columns.WIDTH - 4))
                : Columns.wrap(line, Columns.WIDTH - 4);
        lines.forEach(part -> out.append("    ").append(part).append('\n'));
    }

    private void test(TestResult test) {
        out.append(ink.bold(Columns.middle(test.test().file(), Columns.WIDTH))).append('\n');
        for (CaseResult one : test.cases()) {
            String mark = one.isAsExpected() ? ink.good("ok      ") : ink.bad("not ok  ");
            out.append("  ")
                    .append(mark)
                    .append(Columns.cut(one.given().name(), 88))
                    .append('\n');
            if (!one.isAsExpected()) {
                String got = one.got().map(word -> "got " + word.word()).orElse("could not be asked");
                said("expected " + one.given().expect().word() + wanted(one) + ", " + got
                        + (one.said().isEmpty() ? "" : ": " + one.said()));
            }
        }
        for (String untested : test.untested()) {
            said("no case sees " + untested + " refuse anything");
        }
        out.append('\n');
    }

    private static String wanted(CaseResult one) {
        return one.given().message().isEmpty() ? "" : " (\"" + one.given().message() + "\")";
    }

    private void said(String text) {
        for (String line : Columns.wrap(text, Columns.WIDTH - 10)) {
            out.append(" ".repeat(10)).append(line).append('\n');
        }
    }

    private void tally(PolicyResults results) {
        long cases =
                results.tests().stream().mapToLong(test -> test.cases().size()).sum();
        long failures = results.failures();
        out.append(
                        failures == 0
                                ? ink.good("PASS  ") + Columns.count(cases, "case") + " as expected"
                                : ink.bad("FAIL  ") + failures + " of " + Columns.count(cases, "case")
                                        + " not as expected")
                .append('\n');
    }

    private void report(PolicyReport report) {
        List<Judged> told = report.judged().stream()
                .filter(one -> one.ruling().outcome() != Outcome.PASS)
                .toList();
        int shown = showsAll ? told.size() : Math.min(FULL, told.size());
        told.subList(0, shown).forEach(this::judged);
        if (shown < told.size()) {
            out.append("  and ").append(told.size() - shown).append(" more, with --all\n\n");
        }
        notes(report.notes());
        exceptions(report.expired(), "has expired");
        exceptions(report.unmatched(), "meets nothing");
        if (!report.idle().isEmpty()) {
            out.append("  about none of the objects: ")
                    .append(Columns.cut(String.join(", ", report.idle()), 70))
                    .append("\n\n");
        }
        unseen(report.gaps());
        String verdict = report.verdict().name().replace('_', ' ');
        out.append(
                        switch (report.verdict()) {
                            case PASS -> ink.good(verdict);
                            case FAIL -> ink.bad(verdict);
                            case COULD_NOT_TELL -> ink.warn(verdict);
                        })
                .append("  ")
                .append(SafeText.of(report.sentence()))
                .append('\n');
    }

    private void judged(Judged one) {
        String word = one.exemption().isPresent()
                ? "excepted"
                : one.ruling().outcome() == Outcome.ERROR
                        ? "no answer"
                        : one.ruling().denies()
                                ? "denied"
                                : one.ruling()
                                        .binding()
                                        .actions()
                                        .getFirst()
                                        .word()
                                        .toLowerCase(Locale.ROOT);
        String padded = Columns.left(word, 10);
        out.append("  ")
                .append(word.equals("denied") ? ink.bad(padded) : ink.warn(padded))
                .append(ink.bold(Columns.left(one.ruling().policy().name(), 30)))
                .append(' ')
                .append(Columns.middle(
                        one.resource().path() + ":" + one.resource().line(), 54))
                .append('\n');
        said(one.subject() + ": " + one.ruling().message());
        one.exemption()
                .ifPresent(exemption -> said("set aside: " + exemption.reason() + " (" + exemption.place() + ")"));
        out.append('\n');
    }

    /** What would stand in the audit log. */
    private void notes(List<PolicyReport.Note> notes) {
        int shown = showsAll ? notes.size() : Math.min(FULL, notes.size());
        for (PolicyReport.Note note : notes.subList(0, shown)) {
            out.append("  ")
                    .append(Columns.left("noted", 10))
                    .append(Columns.middle(
                            note.resource().path() + ":" + note.resource().line(), 85))
                    .append('\n');
            note.entries().forEach((key, value) -> said(note.subject() + ": " + key + " = " + value));
            out.append('\n');
        }
        if (shown < notes.size()) {
            out.append("  and ").append(notes.size() - shown).append(" notes more, with --all\n\n");
        }
    }

    private void exceptions(List<Exemption> exemptions, String what) {
        for (Exemption exemption : exemptions) {
            said("the exception of " + exemption.place() + " " + what + ": " + exemption.reason());
        }
    }

    private void unseen(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        out.append("  could not see ").append(gaps.size()).append('\n');
        for (Gap gap : gaps.subList(0, showsAll ? gaps.size() : Math.min(6, gaps.size()))) {
            out.append("    ")
                    .append(Columns.cut(gap.subject() + ": " + gap.detail(), 96))
                    .append('\n');
        }
        out.append('\n');
    }
}
