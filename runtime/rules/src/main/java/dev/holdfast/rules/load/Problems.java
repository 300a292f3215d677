package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.RuleFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The problems found so far. */
final class Problems {
    /** Nobody reads more, and each costs looking for its place. */
    private static final int MOST = 1_000;

    private final List<Problem> problems = new ArrayList<>();

    void tell(ProblemCode code, String message, LoadException.Subject subject, Problem.Place place) {
        add(new Problem(code, message, subject.type(), subject.name(), place));
    }

    void add(Problem problem) {
        if (takesWarnings() || (problem.isError() && problems.stream().noneMatch(Problem::isError))) {
            problems.add(problem);
        }
    }

    /** Whether warnings are still kept, and so worth looking for. */
    boolean takesWarnings() {
        return problems.size() < MOST;
    }

    /** All of them, by place and with what stands there; the files stay in the order in which they were given. */
    List<Problem> inOrder(List<RuleFile> files) {
        Map<String, Integer> order = new HashMap<>();
        files.forEach(file -> order.putIfAbsent(file.name(), order.size()));
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(
                        (Problem problem) -> order.getOrDefault(problem.place().file(), -1))
                .thenComparingInt(problem -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        Map<String, Excerpts> excerpts = new HashMap<>();
        files.forEach(file -> excerpts.putIfAbsent(file.name(), new Excerpts(file.text())));
        return sorted.stream()
                .map(problem -> Optional.ofNullable(excerpts.get(problem.place().file()))
                        .flatMap(lines -> lines.at(problem.place()))
                        .map(problem::with)
                        .orElse(problem))
                .toList();
    }
}
