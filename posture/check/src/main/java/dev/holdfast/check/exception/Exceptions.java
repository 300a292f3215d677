package dev.holdfast.check.exception;

import dev.holdfast.check.Repair;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.tree.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sets findings aside by the exceptions of files and of people, and tells of exceptions that do not do that. Owned by one thread. */
public final class Exceptions {
    /** Nobody made any, and no day is known: an exception in a file that ends some day does not hold. */
    public static Exceptions none() {
        return new Exceptions(List.of(), LocalDate.MAX);
    }

    private static final Rule EXPIRED = rule(
            "exception-expired",
            Severity.LOW,
            "an exception that no longer holds",
            "what it set aside counts again; decide anew, or remove it");
    private static final Rule UNUSED = rule(
            "exception-unused",
            Severity.NEGLIGIBLE,
            "an exception that meets nothing",
            "the weakness is gone, or the exception is misspelt and somebody relies on it");
    private static final Rule NOT_VALID = rule(
            "exception-not-valid",
            Severity.LOW,
            "an exception that says too little",
            "it does not hold, and somebody relies on it");

    private final List<Exemption> given;
    private final LocalDate day;
    private final Set<Exemption> met = new HashSet<>();

    /**
     * @param given those of the file of exceptions
     * @param day on which it is asked which of them hold
     */
    public Exceptions(List<Exemption> given, LocalDate day) {
        this.given = List.copyOf(given);
        this.day = day;
    }

    private static Rule rule(String id, Severity severity, String title, String why) {
        return Rule.of(id, severity, title, why, InputKind.KUBERNETES, InputKind.DOCKERFILE, InputKind.COMPOSE);
    }

    /** What may be told of exceptions. */
    public static List<Rule> rules() {
        return List.of(EXPIRED, UNUSED, NOT_VALID);
    }

    /**
     * A finding that does not count.
     *
     * @param finding as it would have been told
     */
    public record Excepted(Result finding, Exemption by) {}

    /** Puts what is set aside in the place of the findings, adds what is to be said of the files' own exceptions, and gives the former. */
    public List<Excepted> apply(List<ManifestFile> files, List<Result> results) {
        Found found = Found.none();
        for (ManifestFile file : files) {
            switch (file.kind()) {
                case KUBERNETES -> {
                    Annotations.read(file, found);
                    Comments.read(file.source(), file.kind(), found);
                }
                case DOCKERFILE, COMPOSE -> Comments.read(file.source(), file.kind(), found);
                case ECS, IMAGE, HELM, KUSTOMIZE, HOST -> {}
            }
        }
        List<Exemption> all = new ArrayList<>(given);
        all.addAll(found.exemptions());
        List<Excepted> excepted = all.isEmpty() ? List.of() : setAside(all, results);
        found.exemptions().forEach(exemption -> told(exemption).ifPresent(results::add));
        found.wrong()
                .forEach(wrong ->
                        results.add(result(NOT_VALID, wrong.at(), "the exception does not hold: " + wrong.problem())));
        return excepted;
    }

    private List<Excepted> setAside(List<Exemption> exemptions, List<Result> results) {
        List<Excepted> excepted = new ArrayList<>();
        results.replaceAll(result -> {
            Optional<Exemption> by = result.isFailure() ? holding(exemptions, result) : Optional.empty();
            by.ifPresent(exemption -> excepted.add(new Excepted(result, exemption)));
            return by.map(exemption -> result.setAside("set aside (" + exemption.told() + ")"))
                    .orElse(result);
        });
        return excepted;
    }

    /** The first that holds; all that are about the finding have met something, though they may have expired. */
    private Optional<Exemption> holding(List<Exemption> exemptions, Result result) {
        Optional<Exemption> first = Optional.empty();
        for (Exemption exemption : exemptions) {
            if (exemption.isAbout(result)) {
                met.add(exemption);
                first = first.isPresent() || exemption.hasExpired(day) ? first : Optional.of(exemption);
            }
        }
        return first;
    }

    private Optional<Result> told(Exemption exemption) {
        if (exemption.hasExpired(day)) {
            String last = day.equals(LocalDate.MAX)
                    ? "has an end, and no day is known"
                    : "ended on " + exemption.expires().map(LocalDate::toString).orElse("");
            return Optional.of(result(
                    EXPIRED,
                    exemption.at(),
                    "the exception from " + String.join(", ", exemption.ids()) + " " + last + "; " + EXPIRED.why()));
        }
        return met.contains(exemption)
                ? Optional.empty()
                : Optional.of(result(
                        UNUSED,
                        exemption.at(),
                        "the exception from " + String.join(", ", exemption.ids()) + " meets nothing; "
                                + UNUSED.why()));
    }

    /** Whether there are others than those in the checked files. */
    public boolean hasGiven() {
        return !given.isEmpty();
    }

    /** What is to be said of the exceptions that were given, after everything was checked; those from rules that are none of ours are not. */
    public List<Result> unusedGiven(Set<String> rules) {
        return given.stream()
                .filter(exemption ->
                        exemption.ids().isEmpty() || exemption.ids().stream().anyMatch(rules::contains))
                .flatMap(exemption -> told(exemption).stream())
                .toList();
    }

    private static Result result(Rule rule, Exemption.Spot at, String message) {
        return new Result(
                rule.id(),
                Status.FAIL,
                rule.severity(),
                rule.why(),
                "exception",
                at.path(),
                new Place(Math.max(1, at.line()), 1, Math.max(1, at.line()), 1),
                message,
                "remove it, or mend it",
                Optional.<Repair>empty());
    }
}
