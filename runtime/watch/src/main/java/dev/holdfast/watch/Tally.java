package dev.holdfast.watch;

import dev.holdfast.rules.Rule;
import dev.holdfast.watch.alert.Alert;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens while watching. Written by the watching thread, read by any. */
public final class Tally {
    /** Written by one thread, some million times a second: so each is written without asking whether another one does. */
    private final Map<String, AtomicLong> eventsBySource = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> alertsByRule = new ConcurrentHashMap<>();
    private final Map<String, String> priorities = new ConcurrentHashMap<>();
    private final LongAdder heldBack = new LongAdder();
    private final AtomicLong lost = new AtomicLong();
    private final LongAdder reloads = new LongAdder();
    private final LongAdder failedReloads = new LongAdder();
    private final AtomicLong lastEventTime = new AtomicLong();
    /** The source of the event before, and its count: it nearly always is that of the next one. */
    private String source = "";

    private AtomicLong ofSource = new AtomicLong();

    void event(String newSource, long time) {
        if (!newSource.equals(source)) {
            source = newSource;
            ofSource = eventsBySource.computeIfAbsent(newSource, any -> new AtomicLong());
        }
        ofSource.lazySet(ofSource.getPlain() + 1);
        lastEventTime.lazySet(time);
    }

    void met(Rule rule) {
        alertsByRule.computeIfAbsent(rule.name(), any -> new LongAdder()).increment();
        priorities.putIfAbsent(rule.name(), rule.priority().word());
    }

    void told(Alert alert) {
        heldBack.add(alert.heldBack());
    }

    void lost(long events) {
        if (events != lost.getPlain()) {
            lost.lazySet(events);
        }
    }

    /** How many events were lost before they could be judged. */
    public long lost() {
        return lost.get();
    }

    /** Rules were read again, with or without success. */
    public void reload(boolean isTaken) {
        (isTaken ? reloads : failedReloads).increment();
    }

    public long events() {
        return eventsBySource.values().stream().mapToLong(AtomicLong::get).sum();
    }

    public long alerts() {
        return alertsByRule.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long heldBack() {
        return heldBack.sum();
    }

    public long reloads() {
        return reloads.sum();
    }

    public long failedReloads() {
        return failedReloads.sum();
    }

    /** When the last event was, in nanoseconds since the epoch; 0 before the first. */
    public long lastEventTime() {
        return lastEventTime.get();
    }

    /** How many events each source gave, by its name. */
    public Map<String, Long> eventsBySource() {
        Map<String, Long> counts = new TreeMap<>();
        eventsBySource.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    /** How often each rule was met, by its name. */
    public Map<String, Long> alertsByRule() {
        Map<String, Long> counts = new TreeMap<>();
        alertsByRule.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** The priority of a rule that was met. */
    public String priorityOf(String rule) {
        return priorities.getOrDefault(rule, "");
    }
}
