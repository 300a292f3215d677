package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far. */
final class Problems {
    /** Nobody reads more, and each costs looking for its place. */
    private static final int MOST = 1_000;

    private final List<Problem> problems = new ArrayList<>();

    void tell(ProblemCode code, String message, LoadException.Subject subject, Problem.Place place) {
        add(new Problem(code, message, subject.type(), subject.name(), place));
    }

    void add(Problem problem) {
        if (problems.size() < MOST || (problem.isError() && problems.stream().noneMatch(Problem::isError))) {
            problems.add(problem);
        }
    }

    /** All of them, by place; the files stay in the order in which they were given. */
    List<Problem> inOrder(List<String> files) {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(
                        (Problem problem) -> files.indexOf(problem.place().file()))
                .thenComparingInt(problem -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        return sorted;
    }
}
