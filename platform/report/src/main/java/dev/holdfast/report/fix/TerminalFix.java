package dev.holdfast.report.fix;

import dev.holdfast.core.Finding;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.Step;
import dev.holdfast.scan.fix.Step.Upgrade;
import java.util.List;

/** A fix plan for people. */
public final class TerminalFix {
    private static final int SHOWN_PLACES = 3;
    private static final int SHOWN_PACKAGES = 8;
    private static final String INDENT = "       ";

    private final FixPlan plan;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder(2_048);

    private TerminalFix(FixPlan plan, Ink ink) {
        this.plan = plan;
        this.ink = ink;
    }

    public static String render(FixPlan plan, Ink ink) {
        return new TerminalFix(plan, ink).render();
    }

    private String render() {
        out.append(ink.bold(SafeText.of(plan.target())))
                .append("  ")
                .append(sentence())
                .append("\n");
        int number = 0;
        for (Step step : plan.steps()) {
            out.append('\n');
            step(++number, step);
        }
        if (!plan.rest().isEmpty()) {
            out.append("\n  stays ")
                    .append(plan.rest().stream()
                            .mapToInt(FixPlan.Rest::findings)
                            .sum())
                    .append('\n');
            for (FixPlan.Rest rest : plan.rest()) {
                out.append("      ").append(rest.findings()).append("  ").append(SafeText.of(rest.reason()));
                some(rest.packages());
            }
        }
        return out.toString();
    }

    private String sentence() {
        if (plan.findings() == 0) {
            return "nothing to fix.";
        }
        if (plan.steps().isEmpty()) {
            return Columns.count(plan.findings(), "finding") + ", none of which a new version removes.";
        }
        int steps = plan.steps().size();
        return Columns.count(plan.findings(), "finding") + ". " + Columns.count(steps, "change")
                + (steps == 1 ? " removes " : " remove ") + (plan.removed() == plan.findings() ? "all" : plan.removed())
                + ".";
    }

    private void step(int number, Step step) {
        out.append(Columns.right(Integer.toString(number), 4)).append("  ");
        out.append(ink.bold(Columns.left(title(step), 52))).append(' ');
        out.append(Columns.count(step.findings(), "finding"));
        if (step.critical() > 0) {
            out.append("   ").append(ink.bad(step.critical() + " critical"));
        }
        if (step.exploited() > 0) {
            out.append("   ").append(ink.bad("exploited"));
        }
        out.append('\n');
        for (Finding.Place place :
                step.places().subList(0, Math.min(SHOWN_PLACES, step.places().size()))) {
            line(ink.dim("at"), Columns.folder(place.path() + (place.line() > 0 ? ":" + place.line() : ""), 88));
        }
        if (step.places().size() > SHOWN_PLACES) {
            line(ink.dim("at"), Columns.count(step.places().size() - SHOWN_PLACES, "other place"));
        }
        if (!step.instruction().isEmpty()) {
            line(ink.dim("by"), Columns.cut(step.instruction(), 88));
        }
        for (String command : step.commands()) {
            List<String> lines = Columns.wrap(command, 86);
            boolean isSaid = command.startsWith("#");
            for (int i = 0; i < lines.size(); i++) {
                String end = !isSaid && i < lines.size() - 1 ? " \\" : "";
                String start = i == 0 ? "" : isSaid ? "# " : "    ";
                out.append(INDENT)
                        .append(start)
                        .append(lines.get(i))
                        .append(end)
                        .append('\n');
            }
        }
    }

    private void line(String label, String text) {
        out.append(INDENT).append(label).append(' ').append(text).append('\n');
    }

    private static String title(Step step) {
        Upgrade first = step.upgrades().getFirst();
        return switch (step.kind()) {
            case DISTRIBUTION -> "upgrade " + Columns.count(step.upgrades().size(), "distribution package");
            case BASE -> "build on " + Columns.cut(first.to(), 36) + (first.isMajor() ? "  (other release)" : "");
            case LIBRARY ->
                first.name().substring(first.name().lastIndexOf(':') + 1) + " " + first.from() + " → " + first.to()
                        + (first.isMajor() ? "  (major)" : "");
        };
    }

    private void some(List<String> packages) {
        int shown = Math.min(SHOWN_PACKAGES, packages.size());
        String names = SafeText.of(String.join(", ", packages.subList(0, shown)));
        String more = packages.size() > shown ? " and " + (packages.size() - shown) + " more" : "";
        out.append(packages.isEmpty() ? "" : ink.dim("  " + names + more)).append('\n');
    }
}
