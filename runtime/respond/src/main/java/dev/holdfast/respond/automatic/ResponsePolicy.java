package dev.holdfast.respond.automatic;

import dev.holdfast.core.text.Wildcard;
import dev.holdfast.respond.Action;
import dev.holdfast.respond.Protection;
import dev.holdfast.rules.Priority;
import dev.holdfast.sensor.network.NetworkCut.Openings;
import dev.holdfast.watch.alert.Alert;
import java.nio.file.Path;
import java.time.Duration;
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
            return alert.priority().isAtLeast(priority)
                    && rules.stream().anyMatch(pattern -> Wildcard.matches(pattern.replace("*", "**"), alert.rule()));
        }
    }

    /** What answers an alert. */
    public Optional<Answer> answer(Alert alert) {
        return answers.stream().filter(answer -> answer.fits(alert)).findFirst();
    }
}
