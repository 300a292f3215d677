package dev.holdfast.scan;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.inventory.Component;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.scan.Reply.Outcome;
import dev.holdfast.scan.judge.Assessor;
import dev.holdfast.scan.judge.Findings;
import dev.holdfast.scan.judge.Judgement;
import dev.holdfast.scan.judge.Judgement.Weighed;
import dev.holdfast.scan.judge.Reasons;
import dev.holdfast.scan.observe.Subject;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Questions.Asked;
import dev.holdfast.scan.ruling.SetAside;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scan that stays open for questions: after one read of the target, why any flaw is or is not reported for any component. Owned by one
 * thread; the target must stay open for as long as paths are asked for.
 */
public final class Inquiry {
    private static final int NAMES_SHOWN = 4;

    private final AdvisoryBase base;
    private final Subject subject;
    private final Questions questions;
    private final Assessor assessor;
    private final Optional<FileTree> tree;
    private final ScanReport report;

    Inquiry(AdvisoryBase base, Subject subject, Optional<FileTree> tree, ScanReport report) {
        this.base = base;
        this.subject = subject;
        this.questions = new Questions(report.contents().support());
        this.assessor = new Assessor(base, questions, subject.inventory().components());
        this.tree = tree;
        this.report = report;
    }

    /** The same facts under the answer that an earlier scan gave of them. */
    public Inquiry answering(List<Finding> findings, List<SetAside> setAside) {
        ScanReport given = new ScanReport(
                report.basis(),
                report.target(),
                report.contents(),
                report.unmatched(),
                findings,
                report.hidden(),
                List.of(),
                report.secrets(),
                report.gaps(),
                report.verdict(),
                new Exempted(setAside, List.of(), List.of()),
                report.reach(),
                report.owners());
        return new Inquiry(base, subject, tree, given);
    }

    public ScanReport report() {
        return report;
    }

    /** Every name of the flaw that an identifier stands for, that one included; sorted. */
    public Set<String> names(String id) {
        KnownAdvisory flaw = assessor.flaw(id);
        Set<String> names = new TreeSet<>(flaw.aliases());
        names.add(flaw.id());
        names.add(id);
        return names;
    }

    /** The flaws that a bulletin closes together; empty for what is no bulletin. */
    public List<String> bundled(String id) {
        return assessor.flaw(id).bundled();
    }

    /** What follows for a component from what is known of a flaw. */
    public Reply ask(String id, Component component) {
        KnownAdvisory flaw = assessor.flaw(id);
        Optional<Judgement> judgement = assessor.judge(component, flaw);
        return judgement.map(Inquiry::reply).orElseGet(() -> silence(flaw, component));
    }

    private static Reply reply(Judgement judgement) {
        List<String> proof = new ArrayList<>();
        for (Weighed weighed : judgement.weighed()) {
            Evidence advisory = Findings.advisory(weighed);
            String comparison = Reasons.comparison(weighed).replace("   (", " (");
            proof.add(comparison + "; " + advisory.claim() + "; " + advisory.source());
        }
        return new Reply(judgement.component(), outcome(judgement.decision()), judgement.reason(), proof);
    }

    private static Outcome outcome(Judgement.Decision decision) {
        return switch (decision) {
            case REPORTED -> Outcome.REPORTED;
            case ALREADY_FIXED -> Outcome.ALREADY_FIXED;
            case NOT_AFFECTED -> Outcome.NOT_AFFECTED;
            case OUT_OF_RANGE -> Outcome.OUT_OF_RANGE;
            case OUT_OF_SCOPE -> Outcome.OUT_OF_SCOPE;
            case WITHDRAWN -> Outcome.WITHDRAWN;
            case NOT_INSTALLED -> Outcome.NOT_INSTALLED;
            case INFORMATIONAL -> Outcome.INFORMATIONAL;
            case VENDOR_DECIDES -> Outcome.VENDOR_DECIDES;
            case CLEARED_BY_VEX -> Outcome.CLEARED_BY_VEX;
            case REMOVED -> Outcome.REMOVED;
        };
    }

    /** Why no statement is about the component. */
    private Reply silence(KnownAdvisory flaw, Component component) {
        Asked asked = questions.about(component);
        if (asked.unasked().isPresent()) {
            return switch (asked.unasked().get()) {
                case NO_NAMESPACE ->
                    new Reply(component, Outcome.NO_SOURCE, "no source speaks of its distribution", List.of());
                case NO_VERSION -> new Reply(component, Outcome.NOT_COMPARABLE, "it has no version", List.of());
                case BAD_VERSION ->
                    new Reply(
                            component,
                            Outcome.NOT_COMPARABLE,
                            "its version is none that its ecosystem allows",
                            List.of());
            };
        }
        Set<String> namespaces = new TreeSet<>();
        asked.questions().forEach(question -> namespaces.add(question.namespace()));
        if (namespaces.stream().noneMatch(base::speaksOf)) {
            return new Reply(
                    component,
                    Outcome.NO_SOURCE,
                    "no source in the base speaks of " + String.join(", ", namespaces),
                    List.of());
        }
        List<KnownStatement> others = base.under(flaw.id());
        if (flaw.withdrawn()) {
            return new Reply(component, Outcome.WITHDRAWN, "the advisory was withdrawn by its publisher", List.of());
        }
        if (others.isEmpty()) {
            return new Reply(
                    component, Outcome.UNKNOWN_FLAW, "no source in the base says which packages have it", List.of());
        }
        String name = asked.questions().getFirst().packageName();
        return new Reply(component, Outcome.OTHER_PACKAGES, otherPackages(others, namespaces, name), List.of());
    }

    private static String otherPackages(List<KnownStatement> others, Set<String> namespaces, String name) {
        Set<String> here = new TreeSet<>();
        Set<String> namesakes = new TreeSet<>();
        Set<String> rest = new TreeSet<>();
        for (KnownStatement other : others) {
            String text = other.packageName() + " (" + other.namespace() + ")";
            boolean isNamesake = other.packageName().equals(name);
            (namespaces.contains(other.namespace()) ? here : isNamesake ? namesakes : rest).add(text);
        }
        Set<String> elsewhere = namesakes.isEmpty() ? rest : namesakes;
        String where = String.join(", ", namespaces);
        Set<String> told = here.isEmpty() ? elsewhere : here;
        String shown = String.join(", ", told.stream().limit(NAMES_SHOWN).toList())
                + (told.size() > NAMES_SHOWN ? " and " + (told.size() - NAMES_SHOWN) + " more" : "");
        return here.isEmpty()
                ? "no source says it of " + where + "; it is told of " + shown
                : "in " + where + " it is told of " + shown + ", not of " + name;
    }

    /** What is at a path now. */
    public enum PathState {
        PRESENT,
        REMOVED,
        ABSENT,
        /** The target is a description without files. */
        NOT_KNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether a path is in the target, links followed. */
    public PathState path(String path) {
        if (tree.isEmpty()) {
            return PathState.NOT_KNOWN;
        }
        String absolute = path.startsWith("/") ? path : "/" + path;
        if (tree.get().resolve(absolute).isPresent()) {
            return PathState.PRESENT;
        }
        List<FileVersion> history = tree.get().history(absolute);
        boolean wasThere = history.stream().anyMatch(version -> version.type() != FileType.WHITEOUT);
        return wasThere ? PathState.REMOVED : PathState.ABSENT;
    }
}
