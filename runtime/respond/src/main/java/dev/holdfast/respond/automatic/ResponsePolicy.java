package dev.holdfast.respond.automatic;

import dev.holdfast.core.text.Wildcard;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.Protection;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Rule;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import dev.holdfast.watch.alert.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which alerts are answered, and how often.
 *
 * @param acts whether the file allows to act; the command line has to ask for it too
 * @param stop while this file exists nothing is done
 * @param answers the first that fits an alert counts
 */
public record ResponsePolicy(
        boolean acts, Optional<Path> stop, Protection protection, Limits limits, List<Answer> answers) {
    public ResponsePolicy {
        answers = List.copyOf(answers);
    }

    /**
     * How often.
     *
     * @param perContainer answers for one container in a window
     * @param perNode answers on this machine in a window
     * @param coolDown how long a rule that was answered for a container is not answered for it again
     * @param share the largest part of this machine's containers, in percent, that may be stopped at once; one may be in any case
     */
    public record Limits(Rate perContainer, Rate perNode, Duration coolDown, int share) {
        /** What stops a mistake before it stops a machine. */
        public static final Limits DEFAULT = new Limits(
                new Rate(2, Duration.ofMinutes(10)), new Rate(5, Duration.ofMinutes(1)), Duration.ofMinutes(5), 20);
    }

    /** So many in a window of time. */
    public record Rate(int count, Duration window) {
        @Override
        public String toString() {
            return count + " in " + window.toSeconds() + " s";
        }
    }

    /**
     * What is done when a rule was met.
     *
     * @param rules names, or patterns with {@code *}
     * @param priority how urgent the rule has to be at least
     * @param line of the file, from 1
     */
    public record Answer(List<String> rules, Priority priority, Action action, Openings openings, int line) {
        public Answer {
            rules = List.copyOf(rules);
        }

        boolean fits(Alert alert) {
            return alert.priority().isAtLeast(priority) && rules.stream().anyMatch(name -> names(name, alert.rule()));
        }

        private static boolean names(String pattern, String rule) {
            return Wildcard.matches(pattern.replace("*", "**"), rule);
        }

        /** Names that no rule has, or only rules that are less urgent. */
        private void addIdle(List<Rule> known, List<String> idle) {
            for (String pattern : rules) {
                List<Rule> named = known.stream()
                        .filter(rule -> names(pattern, rule.name()))
                        .toList();
                if (named.isEmpty()) {
                    idle.add("line " + line + ": no rule that is asked is called " + pattern);
                } else if (named.stream().noneMatch(rule -> rule.priority().isAtLeast(priority))) {
                    idle.add("line " + line + ": " + pattern + " is never answered: it is less urgent than "
                            + priority.word());
                }
            }
        }
    }

    /** What in it answers nothing as long as these are the rules: what is misspelled would never be noticed. A line each. */
    public List<String> idle(List<Rule> rules) {
        List<String> idle = new ArrayList<>();
        answers.forEach(answer -> answer.addIdle(rules, idle));
        return List.copyOf(idle);
    }

    /** What answers an alert. */
    public Optional<Answer> answer(Alert alert) {
        return answers.stream().filter(answer -> answer.fits(alert)).findFirst();
    }
}
