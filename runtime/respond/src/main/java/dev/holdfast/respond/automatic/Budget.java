package dev.holdfast.respond.automatic;

import dev.holdfast.respond.automatic.ResponsePolicy.Limits;
import dev.holdfast.respond.automatic.ResponsePolicy.Rate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Counts responses. Time is that of the alerts, so that playing a recording gives the same. Owned by one thread. */
final class Budget {
    /** Containers that are counted at once; beyond, those longest ago are forgotten first. */
    private static final int MOST = 10_000;

    private record RuleAndContainer(String rule, String container) {}

    private final Limits limits;
    private final ArrayDeque<Long> ofNode = new ArrayDeque<>();
    private final Map<String, ArrayDeque<Long>> ofContainers = new HashMap<>();
    private final Map<RuleAndContainer, Long> lastAnswers = new HashMap<>();

    Budget(Limits limits) {
        this.limits = limits;
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
        forget(now);
        lastAnswers.put(new RuleAndContainer(rule, container), now);
        ofNode.addLast(now);
        ofContainers.computeIfAbsent(container, any -> new ArrayDeque<>()).addLast(now);
    }

    /** Containers come and go; what is too long ago to count goes too. */
    private void forget(long now) {
        if (lastAnswers.size() < MOST && ofContainers.size() < MOST) {
            return;
        }
        lastAnswers.values().removeIf(last -> now - last >= limits.coolDown().toNanos());
        Duration window = limits.perContainer().window();
        ofContainers.values().removeIf(times -> times.isEmpty() || now - times.peekLast() >= window.toNanos());
        Iterator<ArrayDeque<Long>> oldest = ofContainers.values().iterator();
        while (ofContainers.size() >= MOST) {
            oldest.next();
            oldest.remove();
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
