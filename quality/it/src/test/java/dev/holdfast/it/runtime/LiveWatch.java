package dev.holdfast.it.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.sensor.Probe;
import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.Tally;
import dev.holdfast.watch.WatchReport;
import dev.holdfast.watch.Watcher;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertSink;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.live.KernelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Watches this machine's kernel in a thread of its own, and keeps the alerts. */
final class LiveWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Alert> alerts = new ArrayList<>();
    private final CompletableFuture<KernelSource> source = new CompletableFuture<>();
    private final CompletableFuture<WatchReport> report = new CompletableFuture<>();
    private final LiveRules rules;

    private LiveWatch(LiveRules rules) {
        this.rules = rules;
    }

    /** Skips the test where the kernel cannot be watched. */
    static void need() {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
    }

    /** Watches from when this returns. */
    static LiveWatch start(List<Path> files) throws Exception {
        Tally tally = new Tally();
        LiveRules rules = LiveRules.read(
                new LiveRules.Choice(files, RuleSelection.ALL, RuleEngine.Matching.ALL),
                Limits.DEFAULT,
                tally,
                line -> {});
        LiveWatch watch = new LiveWatch(rules);
        Thread.ofPlatform().name("watch").start(() -> watch.run(tally));
        watch.source.join();
        return watch;
    }

    /** The thread that opens the source is the one that reads it. */
    private void run(Tally tally) {
        try (KernelSource kernel = KernelSource.start(rules)) {
            source.complete(kernel);
            Throttle throttle = new Throttle(Throttle.Limit.NONE);
            report.complete(
                    new Watcher(rules, List.of(new Kept()), throttle, Optional.empty(), "", tally).watch(kernel));
        } catch (Exception failed) {
            source.completeExceptionally(failed);
            report.completeExceptionally(failed);
        }
    }

    private final class Kept implements AlertSink {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public void accept(Alert alert) {
            synchronized (alerts) {
                alerts.add(alert);
                alerts.notifyAll();
            }
        }

        @Override
        public void close() {}
    }

    /** The alerts so far, in their order. */
    List<Alert> alerts() {
        synchronized (alerts) {
            return List.copyOf(alerts);
        }
    }

    /** Waits until there is such an alert. */
    Alert await(Predicate<Alert> wanted, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (alerts) {
            int looked = 0;
            while (System.nanoTime() < end) {
                for (; looked < alerts.size(); looked++) {
                    if (wanted.test(alerts.get(looked))) {
                        return alerts.get(looked);
                    }
                }
                alerts.wait(200);
            }
        }
        throw new AssertionError("no alert came: " + what);
    }

    /** Ends, and says how it went. */
    WatchReport stop() throws IOException {
        source.join().stop();
        return report.join();
    }

    @Override
    public void close() throws IOException {
        stop();
        rules.close();
    }
}
