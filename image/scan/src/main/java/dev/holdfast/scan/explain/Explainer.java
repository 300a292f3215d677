package dev.holdfast.scan.explain;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Reach;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.explain.Explanation.Case;
import dev.holdfast.scan.explain.Explanation.Line;
import dev.holdfast.scan.judge.Assessor;
import dev.holdfast.scan.judge.Findings;
import dev.holdfast.scan.judge.Judgement;
import dev.holdfast.scan.judge.Judgement.Weighed;
import dev.holdfast.scan.judge.Reasons;
import dev.holdfast.scan.observe.Subject;
import dev.holdfast.scan.question.Coverage;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Support;
import dev.holdfast.scan.reach.CodeSearch;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.Rulings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells, for one identifier, everything that was weighed: down to file, record and comparison. */
public final class Explainer {
    /** So many packages stand in the sentence about a flaw that concerns nothing in the target. */
    private static final int NAMES_SHOWN = 6;
    /** So many steps of a way are shown at its beginning, and as many at its end. */
    private static final int STEPS_SHOWN = 10;

    private final AdvisoryBase base;
    private final Subject subject;
    private final InventoryReport inventory;
    private final Optional<Support> support;
    private final Optional<CodeSearch> code;
    private final Gaps gaps;
    /** Why those that a scan would report do not count. */
    private final Map<Judgement, Ruling> ruled = new HashMap<>();

    public Explainer(
            AdvisoryBase base, Subject subject, Optional<Support> support, Optional<CodeSearch> code, Gaps gaps) {
        this.base = base;
        this.subject = subject;
        this.inventory = subject.inventory();
        this.support = support;
        this.code = code;
        this.gaps = gaps;
    }

    public Explanation explain(ExplainRequest request) {
        Questions questions = new Questions(support);
        Assessor assessor = new Assessor(base, questions, inventory.components());
        KnownAdvisory flaw = assessor.flaw(request.id());
        List<Judgement> judgements = new ArrayList<>();
        for (Component component : inventory.components()) {
            if (request.packageName().map(name -> isNamed(component, name)).orElse(true)) {
                assessor.judge(component, flaw).ifPresent(judgements::add);
            }
        }
        Set<String> consulted = new TreeSet<>();
        base.under(flaw.id())
                .forEach(statement -> consulted.add(statement.source().name()));
        new Coverage(base, support).report(inventory.components(), questions, consulted, request.asOf(), gaps);
        Rulings rulings = new Rulings(request.exemptions(), subject, request.asOf());
        for (Judgement judgement : judgements) {
            if (judgement.isReported()) {
                rulings.on(finding(judgement)).ifPresent(ruling -> ruled.put(judgement, ruling));
            }
        }
        judgements.sort(Comparator.comparing(judgement -> !counts(judgement)));
        boolean isReported = judgements.stream().anyMatch(this::counts);
        List<Case> cases = judgements.stream().map(this::caseOf).toList();
        return new Explanation(
                subject.description(), flaw.id(), sentence(flaw, judgements, request), isReported, cases, gaps.list());
    }

    private boolean counts(Judgement judgement) {
        return judgement.isReported() && !ruled.containsKey(judgement);
    }

    private static boolean isNamed(Component component, String name) {
        String own = component.record().name();
        return own.equals(name)
                || own.endsWith(":" + name)
                || own.endsWith("/" + name)
                || component.purl().toString().equals(name)
                || component
                        .record()
                        .source()
                        .map(source -> source.name().equals(name))
                        .orElse(false);
    }

    private String sentence(KnownAdvisory flaw, List<Judgement> judgements, ExplainRequest request) {
        List<Judgement> reported = judgements.stream().filter(this::counts).toList();
        if (!reported.isEmpty()) {
            Finding finding = finding(reported.getFirst());
            String exploited = finding.exploitedSince()
                    .map(since -> ", exploited in the wild (listed since " + since + ")")
                    .orElse("");
            String more = reported.size() == 1 ? "" : " and " + (reported.size() - 1) + " more";
            return flaw.id() + " is reported: " + finding.severity().word() + exploited + ", for "
                    + name(reported.getFirst()) + more + ".";
        }
        if (!judgements.isEmpty()) {
            Judgement first = judgements.getFirst();
            Ruling ruling = ruled.get(first);
            if (ruling != null) {
                return flaw.id() + " does not count: for " + name(first) + ", " + ruling.sentence() + ".";
            }
            return flaw.id() + " is not reported: for " + name(first) + ", " + first.reason() + ".";
        }
        return flaw.id() + " is not reported: " + absence(flaw, request) + ".";
    }

    /** Why nothing in the target is concerned. */
    private String absence(KnownAdvisory flaw, ExplainRequest request) {
        List<KnownStatement> statements = base.under(flaw.id());
        if (statements.isEmpty()) {
            return base.advisory(flaw.id()).isPresent()
                    ? "the base knows it, and no source says which packages it is about"
                    : "no source in the base mentions it";
        }
        TreeSet<String> names = new TreeSet<>();
        for (KnownStatement statement : statements) {
            names.add(statement.packageName() + " (" + statement.namespace() + ")");
        }
        String shown = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        String more = names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
        String which =
                request.packageName().map(name -> "nothing named " + name).orElse("none of these");
        return which + " is in the target: it is about " + shown + more;
    }

    private static String name(Judgement judgement) {
        return judgement.component().record().name() + " "
                + judgement.component().record().version();
    }

    private Finding finding(Judgement judgement) {
        return new Findings(base, subject.layers()).of(judgement);
    }

    private Case caseOf(Judgement judgement) {
        List<Line> lines = new ArrayList<>();
        for (Component.Location location : judgement.component().locations()) {
            lines.add(new Line("where", location.path() + "   " + layer(location.layer())));
        }
        judgement.component().removedIn().ifPresent(index -> lines.add(new Line("removed", layer(index))));
        lines.add(new Line("what", Findings.component(judgement.component())));
        for (Weighed weighed : judgement.weighed()) {
            Evidence advisory = Findings.advisory(weighed);
            lines.add(new Line("advisory", advisory.claim() + "   " + advisory.source()));
            lines.add(new Line("compare", Reasons.comparison(weighed)));
        }
        if (!judgement.isReported()) {
            String sentence = name(judgement) + ": not reported, because " + judgement.reason();
            return new Case(sentence, Optional.empty(), lines);
        }
        Ruling ruling = ruled.get(judgement);
        if (ruling != null) {
            lines.add(new Line("against", ruling.sentence() + "   " + ruling.place()));
            return new Case(name(judgement) + ": set aside", Optional.empty(), lines);
        }
        lines.add(new Line("against", "nothing: not withdrawn, no VEX statement, no statement of an owner's vendor"));
        Finding finding = finding(judgement);
        lines.add(new Line("severity", severity(finding)));
        lines.add(new Line("fix", finding.fix().isEmpty() ? "none yet (" + finding.status() + ")" : finding.fix()));
        code.flatMap(search -> search.of(finding)).ifPresent(reach -> lines.addAll(reach(reach)));
        return new Case(name(judgement) + ": reported", Optional.of(finding.severity()), lines);
    }

    /** The answer, and the way that leads there: a line a step, the middle of a long one left out. */
    private static List<Line> reach(Reach reach) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("reach", reach.status().word().replace('-', ' ') + ": " + reach.why()));
        List<String> chain = reach.chain();
        for (int i = 0; i < chain.size(); i++) {
            if (i == STEPS_SHOWN && chain.size() > 2 * STEPS_SHOWN) {
                int left = chain.size() - 2 * STEPS_SHOWN;
                lines.add(new Line("", "… " + left + " more steps"));
                i += left;
            }
            lines.add(new Line("", (i == 0 ? "" : "→ ") + chain.get(i)));
        }
        return lines;
    }

    private static String severity(Finding finding) {
        String from = finding.severityFrom().isEmpty() ? "nobody has graded it" : "by " + finding.severityFrom();
        String score =
                finding.score().map(value -> ", CVSS base score " + value).orElse("");
        String epss = finding.epss()
                .map(value -> String.format(java.util.Locale.ROOT, ", EPSS %.3f", value))
                .orElse("");
        return finding.severity().word() + ", " + from + score + epss;
    }

    private String layer(int index) {
        List<Layer> layers = subject.layers();
        if (index < 0 || index >= layers.size()) {
            return "";
        }
        String createdBy = layers.get(index).createdBy();
        return "layer " + (index + 1) + " of " + layers.size() + (createdBy.isEmpty() ? "" : ": " + createdBy);
    }
}
