package dev.holdfast.watch.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets alerts through, or holds them back: those that repeat one of the same rule about the same process in the same place within a window,
 * and those of a rule that alerts faster than its rate. What was held back is told by one alert that stands for the others, when the window
 * ends or the rate is kept again, and at the end. Time is that of the events, so that playing a recording gives the same.
 */
public final class Throttle {
    /** Groups that are watched at once; beyond, the oldest is told and forgotten. */
    private static final int MOST_GROUPS = 10_000;

    private static final long SECOND = 1_000_000_000L;

    /**
     * How much is let through.
     *
     * @param window within which alerts of a group are told once; zero tells each
     * @param perSecond how many alerts of one rule are told a second, in the long run; 0 for no limit
     * @param burst how many are told at once before the rate counts
     */
    public record Limit(Duration window, double perSecond, int burst) {
        /** Everything is told. */
        public static final Limit NONE = new Limit(Duration.ZERO, 0, 0);

        boolean isNone() {
            return window.isZero() && perSecond <= 0;
        }
    }

    private record Key(String rule, String subject) {}

    /** Alerts alike: the last one, and how many were not told. */
    private static final class Group {
        private final long since;
        private Alert last;
        private long heldBack;

        Group(Alert first) {
            this.since = first.time();
            this.last = first;
        }
    }

    /** The allowance of a rule. */
    private static final class Bucket {
        private double tokens;
        private long at;
        private Alert last;
        private long heldBack;

        Bucket(Alert first, int burst) {
            this.tokens = burst;
            this.at = first.time();
            this.last = first;
        }

        private void earn(long now, Limit limit) {
            double earned = Math.max(0, now - at) * limit.perSecond / SECOND;
            tokens = Math.min(Math.max(1, limit.burst), tokens + earned);
            at = Math.max(at, now);
        }

        /** When one may be told again. */
        private long due(double perSecond) {
            return at + (long) Math.ceil((1 - tokens) * SECOND / perSecond);
        }
    }

    private final Limit limit;
    private final Map<Key, Group> groups = new LinkedHashMap<>();
    private final Map<String, Bucket> buckets = new HashMap<>();
    /** When something that was held back may be told. */
    private long due = Long.MAX_VALUE;

    public Throttle(Limit limit) {
        this.limit = limit;
    }

    /** What is to be told now that this alert came: nothing, it, or others before it. */
    public List<Alert> offer(Alert alert) {
        if (limit.isNone()) {
            return List.of(alert);
        }
        List<Alert> told = new ArrayList<>(1);
        endWindows(alert.time(), told);
        if (isNewInWindow(alert)) {
            spend(alert, told);
        }
        due = nextDue();
        return told;
    }

    /** Whether time has come for {@link #pass}; asked for every event. */
    public boolean isDue(long now) {
        return now >= due;
    }

    /** What was held back and is to be told by now, although nothing new has come. */
    public List<Alert> pass(long now) {
        List<Alert> told = new ArrayList<>();
        endWindows(now, told);
        for (Bucket bucket : buckets.values()) {
            if (bucket.heldBack > 0 && now >= bucket.due(limit.perSecond)) {
                bucket.earn(now, limit);
                bucket.tokens--;
                told.add(bucket.last.standingFor(bucket.heldBack));
                bucket.heldBack = 0;
            }
        }
        due = nextDue();
        return told;
    }

    private long nextDue() {
        long next = Long.MAX_VALUE;
        if (!groups.isEmpty()) {
            next = groups.values().iterator().next().since + limit.window.toNanos();
        }
        for (Bucket bucket : buckets.values()) {
            if (bucket.heldBack > 0) {
                next = Math.min(next, bucket.due(limit.perSecond));
            }
        }
        return next;
    }

    private boolean isNewInWindow(Alert alert) {
        if (limit.window.isZero()) {
            return true;
        }
        Group group = groups.get(new Key(alert.rule(), alert.subject().key()));
        if (group != null) {
            group.last = alert;
            group.heldBack++;
            return false;
        }
        groups.put(new Key(alert.rule(), alert.subject().key()), new Group(alert));
        return true;
    }

    /** Windows began in the order of the map, so those that are over stand first. */
    private void endWindows(long now, List<Alert> told) {
        var oldest = groups.values().iterator();
        while (oldest.hasNext()) {
            Group group = oldest.next();
            if (now - group.since < limit.window.toNanos() && groups.size() <= MOST_GROUPS) {
                return;
            }
            if (group.heldBack > 0) {
                told.add(group.last.standingFor(group.heldBack));
            }
            oldest.remove();
        }
    }

    private void spend(Alert alert, List<Alert> told) {
        if (limit.perSecond <= 0) {
            told.add(alert);
            return;
        }
        Bucket bucket = buckets.computeIfAbsent(alert.rule(), any -> new Bucket(alert, Math.max(1, limit.burst)));
        bucket.earn(alert.time(), limit);
        if (bucket.tokens < 1) {
            bucket.heldBack++;
            bucket.last = alert;
            return;
        }
        bucket.tokens--;
        if (bucket.heldBack > 0) {
            told.add(bucket.last.standingFor(bucket.heldBack));
            bucket.heldBack = 0;
        }
        told.add(alert);
    }

    /** What was held back and never told. */
    public List<Alert> end() {
        List<Alert> told = new ArrayList<>();
        for (Group group : groups.values()) {
            if (group.heldBack > 0) {
                told.add(group.last.standingFor(group.heldBack));
            }
        }
        for (Bucket bucket : buckets.values()) {
            if (bucket.heldBack > 0) {
                told.add(bucket.last.standingFor(bucket.heldBack));
            }
        }
        groups.clear();
        buckets.clear();
        return told;
    }
}
