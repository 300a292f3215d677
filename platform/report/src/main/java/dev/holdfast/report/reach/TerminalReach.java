package dev.holdfast.report.reach;

import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.reach.ReachReport;
import dev.holdfast.reach.ReachReport.Difference;
import dev.holdfast.reach.ReachReport.Overview;
import dev.holdfast.reach.ReachReport.Reason;
import dev.holdfast.reach.judge.Cause;
import dev.holdfast.reach.judge.Connection;
import dev.holdfast.reach.judge.Place;
import dev.holdfast.reach.judge.Verdict;
import dev.holdfast.reach.space.Connections;
import dev.holdfast.reach.space.Protocol;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Answers about reachability for people: the sentence first, then the connections, then what could not be seen. */
public final class TerminalReach {
    private static final int SHOWN = 40;
    private static final int MOST_PREFIXES = 4;
    private static final int WIDEST = 60;

    private final Ink ink;
    private final int shown;
    private final StringBuilder out = new StringBuilder(1_024);

    private TerminalReach(Ink ink, boolean showsAll) {
        this.ink = ink;
        this.shown = showsAll ? Integer.MAX_VALUE : SHOWN;
    }

    /** @param showsAll every line, however many there are */
    public static String render(ReachReport report, Ink ink, boolean showsAll) {
        TerminalReach view = new TerminalReach(ink, showsAll);
        switch (report.content()) {
            case Overview overview -> view.overview(overview);
            case Difference difference -> view.difference(difference);
            case Reason reason -> view.reason(reason);
        }
        view.gaps(report.gaps());
        return view.out.toString();
    }

    private void sentence(String text) {
        for (String line : Columns.wrap(text, Columns.WIDTH)) {
            out.append(ink.bold(line)).append('\n');
        }
    }

    private void wrapped(String text, int indent) {
        for (String line : Columns.wrap(text, Columns.WIDTH - indent)) {
            out.append(" ".repeat(indent)).append(line).append('\n');
        }
    }

    private void dimmed(String text, int indent) {
        for (String line : Columns.wrap(text, Columns.WIDTH - indent)) {
            out.append(" ".repeat(indent)).append(ink.dim(line)).append('\n');
        }
    }

    private void overview(Overview overview) {
        long fromOutside = overview.connections().stream()
                .filter(each -> !(each.from() instanceof Place.At))
                .count();
        long toOutside = overview.connections().stream()
                .filter(each -> !(each.to() instanceof Place.At))
                .count();
        sentence(Columns.count(overview.workloads(), "workload") + ", " + policies(overview.policies()) + ": "
                + (overview.connections().size() - fromOutside - toOutside) + " ways between workloads, "
                + fromOutside + " from outside, " + toOutside + " to outside.");
        rows(overview.connections());
        undecided("No policy is about what comes in to", overview.openIn(), overview.workloads());
        undecided("No policy is about what goes out from", overview.openOut(), overview.workloads());
    }

    private static String policies(int count) {
        return count + (count == 1 ? " policy" : " policies");
    }

    private void undecided(String words, List<String> workloads, int all) {
        if (workloads.isEmpty()) {
            return;
        }
        out.append('\n');
        boolean isAll = workloads.size() == all;
        wrapped(
                words + " "
                        + (isAll ? "any workload." : workloads.size() + " of " + all + ": " + names(workloads) + "."),
                2);
    }

    private String names(List<String> workloads) {
        int most = Math.min(workloads.size(), shown == SHOWN ? 8 : shown);
        String some = SafeText.of(String.join(", ", workloads.subList(0, most)));
        return workloads.size() == most ? some : some + " and " + (workloads.size() - most) + " more";
    }

    /** Those from one place stand together. */
    private void rows(List<Connection> connections) {
        int width = Math.min(
                WIDEST,
                connections.stream()
                        .limit(shown)
                        .mapToInt(each -> name(each.to()).length())
                        .max()
                        .orElse(0));
        String last = "";
        int left = shown;
        for (Connection each : connections) {
            if (left-- == 0) {
                out.append('\n');
                dimmed("and " + (connections.size() - shown) + " more (--all)", 2);
                return;
            }
            String from = name(each.from());
            if (!from.equals(last)) {
                out.append('\n');
                wrapped(from, 2);
                last = from;
            }
            hanging("→ " + padded(name(each.to()), width) + "  " + words(each.by()), 4);
        }
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(Math.max(0, width - name.length()));
    }

    /** What does not fit on a line goes on a little further in. */
    private void hanging(String text, int indent) {
        int at = indent;
        for (String line : lines(text, Columns.WIDTH - indent - 2)) {
            out.append(" ".repeat(at)).append(line).append('\n');
            at = indent + 4;
        }
    }

    /** Lines that keep the blanks between columns. */
    private static List<String> lines(String text, int width) {
        return text.length() <= width + 2 ? List.of(text) : Columns.wrap(text, width);
    }

    private static String name(Place place) {
        if (place instanceof Place.Outside outside) {
            List<String> prefixes = new ArrayList<>();
            outside.blocks().forEach(block -> prefixes.addAll(block.prefixes()));
            boolean isShort = place.toString().equals(Place.EXTERNAL) || prefixes.size() <= MOST_PREFIXES;
            return isShort
                    ? place.toString()
                    : "cidr:" + String.join(",", prefixes.subList(0, MOST_PREFIXES)) + " and "
                            + (prefixes.size() - MOST_PREFIXES) + " more blocks";
        }
        return SafeText.of(place.toString());
    }

    private static String words(Connections by) {
        if (by.isAll()) {
            return "everything";
        }
        List<String> words = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            if (!by.ports(protocol).isEmpty()) {
                words.add(protocol + " " + ports(by, protocol));
            }
        }
        return String.join(", ", words);
    }

    private static String ports(Connections by, Protocol protocol) {
        String ports = String.join(" ", by.ports(protocol).texts());
        return ports.equals("1-65535") ? "all ports" : ports;
    }

    private void difference(Difference difference) {
        boolean isSame = difference.added().isEmpty() && difference.removed().isEmpty();
        sentence(
                isSame
                        ? "The same may talk to the same."
                        : difference.added().size() + " opened, "
                                + difference.removed().size() + " closed.");
        changes("opened", "+ ", difference.added());
        changes("closed", "− ", difference.removed());
    }

    private void changes(String word, String mark, List<Connection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        out.append('\n');
        wrapped(word, 2);
        int left = shown;
        for (Connection each : connections) {
            if (left-- == 0) {
                dimmed("and " + (connections.size() - shown) + " more (--all)", 4);
                return;
            }
            hanging(mark + name(each.from()) + " → " + name(each.to()) + "   " + words(each.by()), 4);
        }
    }

    private void reason(Reason reason) {
        Connections allowed = reason.verdicts().stream()
                .filter(Verdict::isAllowed)
                .map(Verdict::connections)
                .reduce(Connections.NONE, Connections::plus);
        String between = name(reason.from()) + " → " + name(reason.to());
        sentence(
                allowed.isEmpty()
                        ? between + ": nothing is allowed."
                        : between + ": " + words(allowed) + (allowed.isAll() ? "" : ", and nothing else") + ".");
        List<Verdict> ordered = new ArrayList<>(reason.verdicts());
        ordered.sort(Comparator.comparing(verdict -> !verdict.isAllowed()));
        for (int i = 0; i < ordered.size(); i++) {
            Verdict verdict = ordered.get(i);
            boolean isRest = i > 0 && i == ordered.size() - 1 && !verdict.isAllowed();
            out.append('\n');
            hanging(
                    (verdict.isAllowed() ? "allowed  " : "denied   ")
                            + (isRest ? "everything else" : words(verdict.connections())),
                    2);
            verdict.causes().forEach(cause -> cause(verdict, cause));
            if (verdict.causes().isEmpty()) {
                dimmed(verdict.isAllowed() ? "no policy decides about it" : "no Ingress or Route leads there", 11);
            }
        }
    }

    private void cause(Verdict verdict, Cause cause) {
        boolean isEntrance =
                cause.policy().startsWith("Ingress ") || cause.policy().startsWith("Route ");
        String what = !cause.rule().isEmpty()
                ? "rule " + cause.rule()
                : isEntrance ? "leads there" : verdict.isAllowed() ? "" : "has no rule for it";
        String direction = Columns.left(cause.direction().word(), 9);
        wrapped(SafeText.of(direction + cause.policy() + " " + what), 11);
        dimmed(SafeText.of(cause.origin().toString()), 20);
    }

    private void gaps(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        out.append('\n');
        wrapped("could not tell " + gaps.size(), 2);
        int left = shown;
        for (Gap gap : gaps) {
            if (left-- == 0) {
                dimmed("and " + (gaps.size() - shown) + " more (--all)", 6);
                return;
            }
            wrapped(SafeText.of(gap.subject() + ": " + gap.detail()), 6);
        }
    }
}
