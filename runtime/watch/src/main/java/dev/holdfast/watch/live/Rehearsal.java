package dev.holdfast.watch.live;

import dev.holdfast.core.InputException;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.sensor.Sensor;
import dev.holdfast.sensor.feed.RehearsedFeed;
import dev.holdfast.watch.Tally;
import dev.holdfast.watch.Watcher;
import dev.holdfast.watch.alert.Throttle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The work of watching, done once for events that are made up. The Java VM compiles what it has seen running: without this the first storm
 * of real events would meet code that is interpreted, and lose some; and being idle would cost more than it has to for minutes, because
 * compiling is put off until enough has happened. Nothing is told, and nothing of the machine is looked at.
 */
final class Rehearsal {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** What happens once for each who watches is seen often enough, too. */
    private static final int TIMES = 20;

    private static final long EVENTS = 20_000;
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Rehearsal() {}

    /** Begins on a thread of its own, for the first one who watches in this process. */
    static void begin(Supplier<RuleEngine> rules) {
        if (BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("rehearsal").start(() -> run(rules));
        }
    }

    /** Watches again and again, with all that watching does, unless it takes too long; returns how many events there were. */
    static long run(Supplier<RuleEngine> rules) {
        long end = System.nanoTime() + LONGEST.toNanos();
        List<byte[]> records = RehearsedFeed.records();
        long events = 0;
        for (int i = 0; i < TIMES && System.nanoTime() < end; i++) {
            events += watch(rules, records, end);
        }
        return events;
    }

    private static long watch(Supplier<RuleEngine> rules, List<byte[]> records, long end) {
        Tally tally = new Tally();
        AtomicBoolean isOver = new AtomicBoolean();
        RehearsedFeed feed = RehearsedFeed.of(
                records, () -> tally.events() < EVENTS && System.nanoTime() < end, () -> isOver.set(true));
        try (KernelSource source = KernelSource.over(Sensor.rehearse(feed), rules, isOver)) {
            Throttle throttle = new Throttle(Throttle.Limit.NONE);
            Watcher watcher = new Watcher(rules, List.of(), throttle, Optional.empty(), "", tally);
            return watcher.watch(source).events();
        } catch (InputException | IOException unseen) {
            return tally.events(); // nothing was to come of it
        }
    }
}
