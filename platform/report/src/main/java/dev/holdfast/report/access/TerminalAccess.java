package dev.holdfast.report.access;

import dev.holdfast.access.AccessReport;
import dev.holdfast.access.AccessReport.Can;
import dev.holdfast.access.AccessReport.Paths;
import dev.holdfast.access.AccessReport.Rights;
import dev.holdfast.access.AccessReport.Unused;
import dev.holdfast.access.AccessReport.WhoCan;
import dev.holdfast.access.audit.UsageReport;
import dev.holdfast.access.paths.Cut;
import dev.holdfast.access.paths.Edit;
import dev.holdfast.access.paths.PathReport;
import dev.holdfast.access.paths.Step;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.Subject;
import dev.holdfast.core.Gap;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer about access for people: the sentence first, then the chain behind it, then what could not be seen. */
public final class TerminalAccess {
    private static final int SHOWN = 20;
    private static final int WAYS_SHOWN = 4;

    private final Ink ink;
    private final int shown;
    private final StringBuilder out = new StringBuilder(1_024);

    private TerminalAccess(Ink ink, boolean showsAll) {
        this.ink = ink;
        this.shown = showsAll ? Integer.MAX_VALUE : SHOWN;
    }

    /** @param showsAll every line, however many there are */
    public static String render(AccessReport report, Ink ink, boolean showsAll) {
        TerminalAccess view = new TerminalAccess(ink, showsAll);
        view.sentence(report);
        switch (report.content()) {
            case WhoCan who -> view.whoCan(who);
            case Can can -> view.can(can);
            case Rights rights -> view.rights(rights);
            case Paths paths -> view.paths(paths.report());
            case Unused unused -> view.unused(unused.report());
        }
        view.gaps(report.gaps());
        return view.out.toString();
    }

    private void sentence(AccessReport report) {
        String mark = switch (report.content()) {
            case Can _ ->
                switch (report.verdict().outcome()) {
                    case PASS -> "yes: ";
                    case FAIL -> "no: ";
                    case COULD_NOT_TELL -> "could not tell: ";
                };
            case WhoCan _, Rights _, Paths _, Unused _ -> "";
        };
        for (String line : Columns.wrap(mark + report.verdict().sentence() + ".", Columns.WIDTH)) {
            out.append(ink.bold(line)).append('\n');
        }
    }

    private void wrapped(String text, int indent) {
        for (String line : Columns.wrap(text, Columns.WIDTH - indent)) {
            out.append(" ".repeat(indent)).append(line).append('\n');
        }
    }

    private void hanging(String mark, String text) {
        String lead = "  " + mark;
        for (String line : Columns.wrap(text, Columns.WIDTH - 6)) {
            out.append(lead).append(line).append('\n');
            lead = " ".repeat(lead.length());
        }
    }

    private void dimmed(String text, int indent) {
        for (String line : Columns.wrap(text, Columns.WIDTH - indent)) {
            out.append(" ".repeat(indent)).append(ink.dim(line)).append('\n');
        }
    }

    private void whoCan(WhoCan who) {
        who.notes().forEach(note -> wrapped("note: " + note, 2));
        grants(who.holders(), false);
        dimmed("members of the group system:masters can do everything; RBAC is not asked of them", 2);
    }

    private void can(Can can) {
        if (!can.answer().reason().isEmpty()) {
            wrapped(can.answer().reason(), 2);
        }
        can.notes().forEach(note -> wrapped("note: " + note, 2));
        if (!can.elsewhere().isEmpty()) {
            wrapped("but it can in " + names(can.elsewhere()), 2);
        }
        grants(can.answer().grants(), false);
    }

    private static String names(List<String> namespaces) {
        return (namespaces.size() == 1 ? "namespace " : "namespaces ") + String.join(", ", namespaces);
    }

    private void rights(Rights rights) {
        grants(rights.grants(), true);
    }

    private void grants(List<Grant> grants, boolean isAboutOne) {
        int left = shown;
        for (Grant grant : grants) {
            if (left-- == 0) {
                out.append('\n');
                dimmed("and " + (grants.size() - shown) + " more (--all)", 2);
                return;
            }
            out.append('\n');
            String scope = grant.namespace().isEmpty() ? "everywhere" : "in " + grant.namespace();
            String head = isAboutOne
                    ? said(grant.rule()) + "  " + scope
                    : subject(grant.subject(), grant.namespace()) + "  " + scope;
            wrapped(head, 2);
            chain(grant, !isAboutOne, 6);
        }
        if (!grants.isEmpty()) {
            out.append('\n');
        }
    }

    private void chain(Grant grant, boolean showsRule, int indent) {
        dimmed(
                grant.binding().kind() + " " + grant.binding().name() + " ("
                        + grant.binding().origin() + ")",
                indent);
        dimmed(
                grant.role().kind() + " " + grant.role().name() + " ("
                        + grant.role().origin() + ")",
                indent);
        String written = grant.rule().writer().equals(grant.role().name())
                ? ""
                : ", aggregated from " + grant.rule().writer();
        dimmed(
                "rule" + written + " (" + grant.rule().origin() + ")" + (showsRule ? ": " + said(grant.rule()) : ""),
                indent);
    }

    private static String said(Rule rule) {
        if (!rule.nonResourceUrls().isEmpty()) {
            return String.join(" ", rule.verbs()) + " on " + String.join(" ", rule.nonResourceUrls());
        }
        List<String> groups = new ArrayList<>();
        rule.apiGroups().forEach(group -> groups.add(group.isEmpty() ? "core" : group));
        return String.join(" ", rule.verbs()) + " on " + String.join(" ", rule.resources()) + " of "
                + String.join(" ", groups)
                + (rule.resourceNames().isEmpty() ? "" : ", only " + String.join(" ", rule.resourceNames()));
    }

    private static String subject(Subject subject, String bindingNamespace) {
        return subject.kind() + " "
                + (subject.kind().equals("ServiceAccount")
                        ? subject.home(bindingNamespace) + "/" + subject.name()
                        : subject.name());
    }

    private void paths(PathReport report) {
        int left = shown == SHOWN ? WAYS_SHOWN : shown;
        for (List<Step> way : report.ways()) {
            if (left-- == 0) {
                out.append('\n');
                dimmed("and " + Columns.count(report.ways().size() - WAYS_SHOWN, "other way") + " (--all)", 2);
                break;
            }
            out.append('\n');
            way(way);
        }
        if (!report.isAdministrator() && !report.ways().isEmpty()) {
            cuts(report);
        }
        out.append('\n');
    }

    private void way(List<Step> way) {
        int number = 0;
        for (Step step : way) {
            if (step.isFree()) {
                wrapped("as " + step.to().described() + condition(step), 6);
                continue;
            }
            number++;
            hanging(
                    number + "  ",
                    step.technique().sentence() + " → " + step.to().described() + condition(step));
            for (Step.Need need : step.needs()) {
                Grant grant = need.grant();
                dimmed(
                        need.request()
                                + (grant.namespace().isEmpty() ? " everywhere" : " in " + grant.namespace()) + ": "
                                + grant.binding().kind() + " " + grant.binding().name() + " ("
                                + grant.binding().origin() + "), "
                                + grant.role().kind() + " "
                                + grant.role().name() + " (rule at "
                                + grant.rule().origin() + ")",
                        8);
            }
        }
    }

    private static String condition(Step step) {
        return step.isCertain() ? "" : ", if " + step.condition();
    }

    private void cuts(PathReport report) {
        out.append('\n');
        Optional<Cut> narrowing = report.narrowing();
        Optional<Cut> unbinding = report.unbinding();
        if (narrowing.isEmpty() && unbinding.isEmpty()) {
            wrapped("no edit of these files cuts every way: one of them needs only what the server itself keeps", 2);
            return;
        }
        narrowing.ifPresent(cut -> cut("to cut every way, keeping the rest", cut));
        if (!unbinding.map(Cut::edits).equals(narrowing.map(Cut::edits))) {
            unbinding.ifPresent(cut -> cut("or, taking whole bindings away", cut));
        }
    }

    private void cut(String title, Cut cut) {
        String proof = cut.isSmallest() ? ", and no fewer do" : "; fewer may do";
        wrapped(title + ": " + Columns.count(cut.edits().size(), "edit") + proof, 2);
        for (Edit edit : cut.edits()) {
            wrapped(
                    switch (edit) {
                        case Edit.NarrowRule narrow -> narrowed(narrow.role(), narrow.rule(), narrow.rights());
                        case Edit.Unbind unbind -> unbound(unbind.binding(), unbind.subject());
                    },
                    6);
        }
    }

    private static String narrowed(Role role, Rule rule, List<String> rights) {
        return rule.origin() + "  " + role.kind() + " " + role.name() + ": take out " + String.join(", ", rights);
    }

    private static String unbound(Binding binding, Subject subject) {
        return subject.origin() + "  " + binding.kind() + " " + binding.name() + ": take out "
                + subject(subject, binding.namespace());
    }

    private void unused(UsageReport report) {
        if (report.events() > 0) {
            dimmed(
                    Columns.count(report.events(), "allowed request") + " from " + report.first() + " to "
                            + report.last() + "; what happens more rarely than that is not in the log",
                    2);
        }
        List<UsageReport.BindingUse> uses = report.withUnused();
        int left = shown;
        for (UsageReport.BindingUse use : uses) {
            if (left-- == 0) {
                dimmed("and " + (uses.size() - shown) + " more (--all)", 2);
                return;
            }
            out.append('\n');
            use(use);
        }
    }

    private void use(UsageReport.BindingUse use) {
        Binding binding = use.binding();
        wrapped(
                binding.kind() + " " + (binding.namespace().isEmpty() ? "" : binding.namespace() + "/") + binding.name()
                        + " (" + binding.origin() + ")" + (use.isUnused() ? ": nobody used anything of it" : ""),
                2);
        if (use.isUnused()) {
            return;
        }
        for (Subject subject : use.idle()) {
            wrapped(subject(subject, binding.namespace()) + " used nothing of it", 6);
        }
        for (UsageReport.RuleUse rule : use.rules()) {
            if (!rule.unused().isEmpty()) {
                wrapped(rule.rule().origin() + "  not used: " + String.join(", ", rule.unused()), 6);
            } else if (rule.rule().verbs().contains("*")
                    || rule.rule().resources().contains("*")) {
                wrapped(rule.rule().origin() + "  enough is: " + String.join(", ", rule.used()), 6);
            }
        }
    }

    private void gaps(List<Gap> gaps) {
        if (!gaps.isEmpty()) {
            out.append("  ").append(ink.warn("could not see " + gaps.size())).append('\n');
        }
        int left = shown;
        for (Gap gap : gaps) {
            if (left-- == 0) {
                dimmed("and " + (gaps.size() - shown) + " more (--all)", 6);
                return;
            }
            wrapped(gap.subject() + ": " + gap.detail(), 6);
        }
    }
}
