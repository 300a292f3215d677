package dev.holdfast.bench;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import dev.holdfast.sensor.Probe;
import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.Tally;
import dev.holdfast.watch.WatchReport;
import dev.holdfast.watch.Watcher;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.live.KernelSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * What the sensor and all rules of a folder bear, as {@code holdfast watch} runs them: {@code storm.sh} starts it, pinned to one processor.
 *
 * <pre>
 * storm RULES GENERATOR ROUNDS CALLS   idle for some seconds, then storms of opened files from the other processor; a line for each
 * hold RULES                           watches until the standard input ends, and tells what it saw
 * host GENERATOR CALLS                 with our own rules: calls of the host with all of them told, and with those left out that are about containers
 * </pre>
 */
public final class SensorStorm {
    /** The first seconds are no idle ones: then it is rehearsed. */
    private static final Duration BEGINNING = Duration.ofSeconds(5);

    private static final Duration IDLE = Duration.ofSeconds(8);
    private static final Duration DRAIN = Duration.ofMillis(200);
    private static final int ROUNDS = 3;

    /** All rules, or those that no tag says to look at the host, too. */
    private static final RuleSelection OF_CONTAINERS =
            new RuleSelection(List.of(), Set.of(), Set.of("host"), Priority.DEBUG);

    private final LiveRules rules;
    private final Tally tally = new Tally();

    private SensorStorm(List<Path> files, RuleSelection selection) throws InputException, IOException {
        LiveRules.Choice choice = new LiveRules.Choice(files, selection, RuleEngine.Matching.ALL);
        this.rules = LiveRules.read(choice, Limits.DEFAULT, tally, line -> {});
        System.out.println(rules.get().rules().size() + " rules of " + files.size() + " files");
    }

    private static SensorStorm of(Path folder) throws InputException, IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
        }
        return new SensorStorm(files, RuleSelection.ALL);
    }

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "storm" -> of(Path.of(words[1])).storms(words[2], Integer.parseInt(words[3]), words[4]);
            case "hold" -> of(Path.of(words[1])).hold();
            case "host" -> {
                host(RuleSelection.ALL, words[1], words[2], "writes", "sockets", "sends", "opens");
                host(OF_CONTAINERS, words[1], words[2], "opens");
            }
            default -> throw new IllegalArgumentException("storm, hold or host, not " + words[0]);
        }
    }

    /** What calls of the host cost with some of our rules: them, and the thread that watches. */
    private static void host(RuleSelection selection, String generator, String calls, String... works)
            throws Exception {
        SensorStorm storm = new SensorStorm(List.of(Path.of(ShippedRules.NAME)), selection);
        for (KernelSource.Use use : KernelSource.Use.values()) {
            // What is to be recorded is told of the host, too: as if nothing were left out.
            System.out.println(use == KernelSource.Use.JUDGED ? "  left out:" : "  told:");
            try (Watching watching = storm.new Watching(use)) {
                Thread.sleep(BEGINNING.toMillis());
                for (String work : works) {
                    storm.work(watching, generator, work, calls);
                }
                System.out.println("    " + watching.end());
            }
        }
        for (String work : works) {
            System.out.println(
                    String.format(Locale.ROOT, "  %-8s %6.0f ns without us", work, run(generator, work, calls)));
        }
    }

    private void work(Watching watching, String generator, String work, String calls) throws Exception {
        double best = Double.MAX_VALUE;
        double told = 0;
        double watcher = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long events = tally.events();
            long before = watching.processorNanos();
            double each = run(generator, work, calls);
            Thread.sleep(DRAIN.toMillis());
            if (each < best) {
                best = each;
                told = (tally.events() - events) / Double.parseDouble(calls);
                watcher = (watching.processorNanos() - before) / Double.parseDouble(calls);
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "    %-8s %6.0f ns a call, %.2f events and %.0f ns of the watching thread for each",
                work,
                best,
                told,
                watcher));
    }

    /** One thread that watches, and its source. */
    private final class Watching implements AutoCloseable {
        private final KernelSource source;
        private final FutureTask<WatchReport> report;
        private final Thread thread;

        private Watching(KernelSource.Use use) throws IOException {
            source = KernelSource.start(rules, Probe.Tier.KERNEL, use);
            Throttle throttle = new Throttle(new Throttle.Limit(Duration.ZERO, 0, 10));
            Watcher watcher = new Watcher(rules, List.of(), throttle, Optional.empty(), "", tally);
            Callable<WatchReport> work = () -> watcher.watch(source);
            report = new FutureTask<>(work);
            thread = Thread.ofPlatform().name("watching").start(report);
        }

        private long processorNanos() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return threads.getThreadCpuTime(thread.threadId());
        }

        /** Ends it, and says how many events were lost. */
        private String end() throws Exception {
            source.stop();
            return report.get().gaps().isEmpty()
                    ? "0 lost"
                    : "lost: " + report.get().gaps();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private void storms(String generator, int rounds, String calls) throws Exception {
        try (Watching watching = new Watching(KernelSource.Use.JUDGED)) {
            Thread.sleep(BEGINNING.toMillis());
            long before = allNanos();
            Thread.sleep(IDLE.toMillis());
            System.out.println(String.format(
                    Locale.ROOT,
                    "idle: %.2f %% of a processor, %d MB",
                    (allNanos() - before) / 1e7 / IDLE.toSeconds(),
                    resident()));
            for (int i = 0; i < rounds; i++) {
                storm(watching, generator, calls);
            }
            System.out.println(String.format(Locale.ROOT, "%s, %d alerts", watching.end(), tally.alerts()));
        }
    }

    private void storm(Watching watching, String generator, String calls) throws Exception {
        long events = tally.events();
        long watcher = watching.processorNanos();
        long all = allNanos();
        long start = System.nanoTime();
        double each = run(generator, "opens", calls);
        double took = (System.nanoTime() - start) / 1e9;
        Thread.sleep(DRAIN.toMillis());
        long seen = tally.events() - events;
        System.out.println(String.format(
                Locale.ROOT,
                "storm: %d events, %.2f M/s, %.0f ns of the watching thread and %.0f ns of the process for each; an open and close took %.0f ns; %d MB",
                seen,
                seen / took / 1e6,
                (watching.processorNanos() - watcher) / (double) seen,
                (allNanos() - all) / (double) seen,
                each,
                resident()));
    }

    private void hold() throws Exception {
        try (Watching watching = new Watching(KernelSource.Use.JUDGED)) {
            System.out.println("watching");
            long before = allNanos();
            long start = System.nanoTime();
            while (System.in.read() >= 0) {
                // until its end
            }
            double took = System.nanoTime() - start;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%d events, %s, %.2f %% of a processor, %d MB",
                    tally.events(),
                    watching.end(),
                    100 * (allNanos() - before) / took,
                    resident()));
        }
    }

    /** Runs the generator on the first processor; returns the nanoseconds that it tells. */
    private static double run(String generator, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", generator));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            return line == null ? 0 : Double.parseDouble(line);
        }
    }

    /** What the whole process has used of processors. */
    private static long allNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }
}
