package dev.holdfast.server.images;

import dev.holdfast.core.InputException;
import dev.holdfast.store.Store;
import dev.holdfast.store.WantedScan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Makes the scans that are wanted, a few at a time, each on a thread of its own. What could not be made goes back into the queue. */
public final class ScanWorkers implements AutoCloseable {
    /** Longer than any scan may take: whoever holds a lease for so long is dead. */
    private static final Duration LEASE = Duration.ofMinutes(20);

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);

    private final Recollection recollection;
    private final ImageScan scan;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Thread> scanning = ConcurrentHashMap.newKeySet();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean isClosed;

    private ScanWorkers(Recollection recollection, ImageScan scan, InstantSource clock, Consumer<String> log) {
        this.recollection = recollection;
        this.scan = scan;
        this.clock = clock;
        this.log = log;
    }

    /** @param count how many at a time */
    public static ScanWorkers start(
            Recollection recollection, ImageScan scan, int count, InstantSource clock, Consumer<String> log) {
        ScanWorkers workers = new ScanWorkers(recollection, scan, clock, log);
        for (int i = 0; i < count; i++) {
            workers.threads.add(Thread.ofPlatform().name("scan-" + i).daemon().start(workers::run));
        }
        return workers;
    }

    public long made() {
        return made.get();
    }

    public long failed() {
        return failed.get();
    }

    private void run() {
        while (!isClosed) {
            try {
                if (!next()) {
                    Thread.sleep(PACE);
                }
            } catch (InterruptedException ended) {
                return;
            } catch (IOException | RuntimeException away) {
                // The keeper of the store says that it is away; a scan that was under way is taken again when its lease
                // is over.
                if (!pauses()) {
                    return;
                }
            }
        }
    }

    private static boolean pauses() {
        try {
            Thread.sleep(PACE);
            return true;
        } catch (InterruptedException ended) {
            return false;
        }
    }

    /** Whether there was one to make. */
    private boolean next() throws IOException, InterruptedException {
        Optional<Store> store = recollection.store();
        Optional<WantedScan> wanted =
                store.isEmpty() ? Optional.empty() : store.get().scans().take(LEASE, clock.instant());
        if (wanted.isEmpty()) {
            return false;
        }
        WantedScan one = wanted.get();
        try {
            scanning.add(Thread.currentThread());
            ImageScan.Scanned scanned;
            try {
                scanned = scan.scan(one.image());
            } finally {
                scanning.remove(Thread.currentThread());
            }
            recollection.keep(scanned);
            store.get().scans().done(one);
            made.incrementAndGet();
            log.accept("scanned " + one.image() + ": "
                    + scanned.verdicts().getFirst().sentence());
        } catch (InputException | IOException | RuntimeException problem) {
            failed.incrementAndGet();
            String why = String.valueOf(problem.getMessage());
            log.accept("could not scan " + one.image() + " (attempt " + one.attempts() + "): " + why);
            store.get().scans().failed(one, why, false, clock.instant());
        } catch (InterruptedException ended) {
            store.get().scans().giveBack(one, clock.instant());
            throw ended;
        }
        return true;
    }

    /** Ends what is under way, and gives it back. */
    @Override
    public void close() {
        isClosed = true;
        scanning.forEach(Thread::interrupt); // none that is with the store: that would close the file under it
        for (Thread thread : threads) {
            try {
                thread.join(END);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
