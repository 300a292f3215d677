package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes what the checks come to, for one file. Rules that were not asked for are dropped here, so that a check need not know the profile.
 * Owned by one thread.
 */
public final class Findings {
    private final String path;
    private final Set<String> asked;
    private final List<Result> results;
    private final Gaps gaps;
    private final Registries registries;
    private final boolean isOfPart;

    Findings(String path, Set<String> asked, List<Result> results, Gaps gaps) {
        this(path, asked, results, gaps, Registries.ANY);
    }

    Findings(String path, Set<String> asked, List<Result> results, Gaps gaps, Registries registries) {
        this(path, asked, results, gaps, registries, false);
    }

    private Findings(
            String path, Set<String> asked, List<Result> results, Gaps gaps, Registries registries, boolean isOfPart) {
        this.path = path;
        this.asked = asked;
        this.results = results;
        this.gaps = gaps;
        this.registries = registries;
        this.isOfPart = isOfPart;
    }

    /** Where images may come from. */
    Registries registries() {
        return registries;
    }

    /** The same for what is only part of something: of it only these rules can be told, and only that their weakness is there. */
    public Findings ofPart(List<Rule> rules) {
        Set<String> told = new HashSet<>();
        rules.stream().map(Rule::id).filter(asked::contains).forEach(told::add);
        return new Findings(path, told, results, gaps, registries, true);
    }

    /** The same, for another file of the target. */
    public Findings in(String otherPath) {
        return new Findings(otherPath, asked, results, gaps, registries, isOfPart);
    }

    /** What rules come to that are asked aside: nobody else hears of it. */
    public static List<Result> aside(String path, List<Rule> rules, Consumer<Findings> questions) {
        Set<String> asked = new HashSet<>();
        rules.forEach(rule -> asked.add(rule.id()));
        List<Result> results = new ArrayList<>();
        questions.accept(new Findings(path, asked, results, new Gaps()));
        return results;
    }

    /** Whether anybody wants to hear of this rule: what costs much need not be found out otherwise. */
    public boolean asks(Rule rule) {
        boolean isUndecided = registries.names().isEmpty() && rule.id().equals(ContainerRules.FOREIGN_REGISTRY.id());
        return asked.contains(rule.id()) && !isUndecided;
    }

    /** Begins to tell that a weakness is there; {@link Failure#add()} ends it. */
    public Failure fail(Rule rule, String subject, Place place) {
        return new Failure(rule, subject, place);
    }

    public void pass(Rule rule, String subject, Place place) {
        add(rule, Status.PASS, subject, place, "");
    }

    /** @param reason why the question does not arise */
    public void notApplicable(Rule rule, String subject, Place place, String reason) {
        add(rule, Status.NOT_APPLICABLE, subject, place, reason);
    }

    /** @param reason what is missing to tell */
    public void notAssessed(Rule rule, String subject, Place place, String reason) {
        add(rule, Status.NOT_ASSESSED, subject, place, reason);
    }

    /** Tells what could not be seen at all. */
    public void gap(Gap.Code code, Place place, String detail) {
        gaps.add(code, path + ":" + place.line(), detail);
    }

    private void add(Rule rule, Status status, String subject, Place place, String message) {
        if (asks(rule) && !isOfPart) {
            results.add(new Result(
                    rule.id(),
                    status,
                    rule.severity(),
                    rule.why(),
                    subject,
                    path,
                    place,
                    message,
                    "",
                    Optional.empty()));
        }
    }

    /** A weakness while it is told. */
    public final class Failure {
        private final Rule rule;
        private final String subject;
        private final Place place;
        private String message = "";
        private String fix = "";
        private Severity severity;
        private String reason;
        private Optional<Repair> repair = Optional.empty();

        private Failure(Rule rule, String subject, Place place) {
            this.rule = rule;
            this.subject = subject;
            this.place = place;
            this.severity = rule.severity();
            this.reason = rule.why();
        }

        /** One sentence: who has what, and what that means. */
        public Failure says(String sentence) {
            message = sentence;
            return this;
        }

        /** What to write instead. */
        public Failure fix(String text) {
            fix = text;
            return this;
        }

        /** What to write instead, and how a program writes it. */
        public Failure fix(String text, Repair change) {
            fix = text;
            boolean isNothing = change instanceof Repair.All(var parts) && parts.isEmpty();
            repair = isNothing ? Optional.empty() : Optional.of(change);
            return this;
        }

        /** Here it is worse, or less bad, than usual. */
        public Failure as(Severity other, String because) {
            severity = other;
            reason = because;
            return this;
        }

        public void add() {
            if (asks(rule)) {
                results.add(new Result(
                        rule.id(), Status.FAIL, severity, reason, subject, path, place, message, fix, repair));
            }
        }
    }
}
