package dev.holdfast.respond.automatic;

import dev.holdfast.respond.automatic.ResponsePolicy.Limits;
import dev.holdfast.respond.automatic.ResponsePolicy.Rate;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts responses. Time is that of the alerts, so that playing a recording gives the same. Owned by one thread. */
final class Budget {
    /** Containers that are counted at once; beyond, those longest ago are forgotten first. */
    private static final int MOST = 10_000;

    private record RuleAndContainer(String rule, String container) {}

    private Limits limits;
    private final ArrayDeque<Long> ofNode = new ArrayDeque<>();
    /** In the order of their last answers. */
    private final Map<String, ArrayDeque<Long>> ofContainers = new LinkedHashMap<>();

    private final Map<RuleAndContainer, Long> lastAnswers = new LinkedHashMap<>();

    Budget(Limits limits) {
        this.limits = limits;
    }

    /** Other limits hold from now on; what was spent stays spent. */
    void limit(Limits others) {
        limits = others;
    }

    /** Why there is no response now, in a clause; empty when there is room for one. */
    Optional<String> refusal(String rule, String container, long now) {
        Long last = lastAnswers.get(new RuleAndContainer(rule, container));
        if (last != null && now - last < limits.coolDown().toNanos()) {
            return Optional.of("this rule was answered for this container less than "
                    + limits.coolDown().toSeconds() + " s ago");
        }
        if (isUsedUp(ofContainers.getOrDefault(container, new ArrayDeque<>()), limits.perContainer(), now)) {
            return Optional.of("the limit for a container is used up (" + limits.perContainer() + ")");
        }
        return isUsedUp(ofNode, limits.perNode(), now)
                ? Optional.of("the limit for this machine is used up (" + limits.perNode() + ")")
                : Optional.empty();
    }

    private static boolean isUsedUp(ArrayDeque<Long> times, Rate rate, long now) {
        while (!times.isEmpty() && now - times.peekFirst() >= rate.window().toNanos()) {
            times.removeFirst();
        }
        return times.size() >= rate.count();
    }

    /** Counts one. */
    void spend(String rule, String container, long now) {
        RuleAndContainer answered = new RuleAndContainer(rule, container);
        lastAnswers.remove(answered);
        lastAnswers.put(answered, now);
        ofNode.addLast(now);
        ArrayDeque<Long> times =
                Optional.ofNullable(ofContainers.remove(container)).orElseGet(ArrayDeque::new);
        times.addLast(now);
        ofContainers.put(container, times);
        forget();
    }

    /** Containers come and go; those that were answered longest ago go first. */
    private void forget() {
        if (lastAnswers.size() > MOST) {
            lastAnswers.remove(lastAnswers.keySet().iterator().next());
        }
        if (ofContainers.size() > MOST) {
            ofContainers.remove(ofContainers.keySet().iterator().next());
        }
        if (ofNode.size() > limits.perNode().count()) {
            ofNode.removeFirst();
        }
    }

    /** Whether one more of so many containers may be stopped. */
    boolean hasShare(int stopped, int containers) {
        return stopped == 0 || 100L * (stopped + 1) <= (long) limits.share() * containers;
    }

    Limits limits() {
        return limits;
    }
}
