package dev.holdfast.rules;

import java.util.List;

/**
 * What rule files hold.
 *
 * @param rules those that are right, the disabled ones included
 * @param problems errors and warnings, by file and place
 */
public record LoadedRules(RuleSet rules, List<Problem> problems) {
    public LoadedRules {
        problems = List.copyOf(problems);
    }

    /** Whether any file is wrong. Rules that are left may be fewer than meant, so whoever watches should not begin. */
    public boolean isWrong() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
