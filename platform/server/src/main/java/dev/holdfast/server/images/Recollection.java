package dev.holdfast.server.images;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.server.admission.ImageKnowledge;
import dev.holdfast.store.Journal;
import dev.holdfast.store.ScanQueue;
import dev.holdfast.store.Store;
import dev.holdfast.store.StoreSettings;
import dev.holdfast.store.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's memory: what the store holds, kept at hand, and what is to be written, written soon. Whoever asks for an admission never waits
 * for the store. When it is away or its disk is full the server decides from what is in memory, holds back what it can, counts what it
 * loses, and goes on when the store is back.
 *
 * <p>One thread of its own speaks to the store; the scanners have theirs.
 */
public final class Recollection implements AutoCloseable {
    private static final int MOST_PENDING = 10_000;
    private static final int BATCH = 500;
    private static final Duration PACE = Duration.ofMillis(250);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PRUNE = Duration.ofMinutes(10);
    /** An image that is asked for again within this time is queued already. */
    private static final Duration ASKED_LATELY = Duration.ofMinutes(1);

    private static final Duration JOURNAL_KEPT = Duration.ofDays(30);
    private static final int JOURNAL_MOST = 200_000;
    private static final Duration VERDICTS_KEPT = Duration.ofDays(30);

    private final StoreSettings settings;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final KnownImages known = new KnownImages();
    private final BlockingQueue<Write> pending = new ArrayBlockingQueue<>(MOST_PENDING);
    private final Map<String, Instant> askedLately = new ConcurrentHashMap<>();
    private final AtomicLong lost = new AtomicLong();
    private final Thread keeper = Thread.ofPlatform().name("store").daemon().unstarted(this::run);
    /** What could not be written the last time. Owned by the keeper. */
    private final List<Write> heldBack = new ArrayList<>();

    private volatile @Nullable Store store;
    private volatile boolean isClosed;
    private ScanQueue.Depth depth = new ScanQueue.Depth(0, 0, 0);
    private Instant nextTry = Instant.EPOCH;
    private Instant nextRefresh = Instant.EPOCH;
    private Instant nextPrune = Instant.EPOCH;
    private boolean isAway;

    /** Something to be written. */
    private sealed interface Write {
        record Decided(Journal.Entry entry) implements Write {}

        record Wanted(String image, String askedBy) implements Write {}
    }

    private Recollection(StoreSettings settings, InstantSource clock, Consumer<String> log) {
        this.settings = settings;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Opens the store and reads what it holds. A store that is away is no reason not to answer: then it is tried again and again.
     *
     * @param log takes one line when the store goes away or comes back
     * @throws InputException when it can never be opened with these settings
     */
    public static Recollection open(StoreSettings settings, InstantSource clock, Consumer<String> log)
            throws InputException {
        Recollection recollection = new Recollection(settings, clock, log);
        try {
            recollection.turn();
        } catch (IOException away) {
            recollection.away(away);
        }
        recollection.keeper.start();
        return recollection;
    }

    public ImageKnowledge images() {
        return known;
    }

    /** The store, when it can be used now. */
    Optional<Store> store() {
        return Optional.ofNullable(store);
    }

    /** Notes what was decided; it is written soon. */
    public void note(Journal.Entry entry) {
        put(new Write.Decided(entry));
    }

    /** Somebody should scan these images. */
    public void want(List<String> images, String askedBy) {
        Instant now = clock.instant();
        for (String image : images) {
            Instant before = askedLately.put(image, now);
            if (before == null || before.plus(ASKED_LATELY).isBefore(now)) {
                put(new Write.Wanted(image, askedBy));
            }
        }
        if (askedLately.size() > MOST_PENDING) {
            askedLately.clear(); // names come from whoever may make a pod
        }
    }

    private void put(Write write) {
        if (!pending.offer(write)) {
            lost.incrementAndGet();
        }
    }

    /**
     * Keeps what was found, for this server at once and for others and later in the store.
     *
     * @throws IOException when it could not be written; it counts here all the same
     */
    public void keep(ImageScan.Scanned found) throws IOException {
        known.add(found);
        Store open = store;
        if (open == null) {
            throw new IOException("the store is not there now");
        }
        open.verdicts().keep(found.verdicts(), found.named().stream().toList(), clock.instant());
    }

    /** What is known of an image, for whoever asks over the network. */
    public Optional<Verdict> verdict(Digest digest) {
        return known.verdict(digest);
    }

    /** The latest decisions, newest first. */
    public List<Journal.Entry> decisions(int most) throws IOException {
        Store open = store;
        return open == null ? List.of() : open.journal().latest(most);
    }

    /** How it stands, for metrics. */
    public record Condition(boolean isStoreThere, int images, ScanQueue.Depth scans, int pending, long lost) {}

    public Condition condition() {
        ScanQueue.Depth now;
        synchronized (this) {
            now = depth;
        }
        return new Condition(store != null, known.size(), now, pending.size(), lost.get());
    }

    private void run() {
        while (!isClosed) {
            try {
                Write first = pending.poll(PACE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    heldBack.add(first);
                }
                turn();
            } catch (InterruptedException ended) {
                return;
            } catch (IOException | InputException | RuntimeException failed) {
                away(failed);
            }
        }
    }

    /** Opens the store when it is not open, writes what is pending, reads what is new. */
    private void turn() throws InputException, IOException {
        Instant now = clock.instant();
        Store open = store;
        if (open == null) {
            if (now.isBefore(nextTry)) {
                return;
            }
            nextTry = now.plus(RETRY);
            open = Store.open(settings);
            store = open;
        }
        write(open, now);
        if (!now.isBefore(nextRefresh)) {
            known.refresh(open, now);
            ScanQueue.Depth counted = open.scans().depth();
            synchronized (this) {
                depth = counted;
            }
            nextRefresh = now.plus(REFRESH);
        }
        if (!now.isBefore(nextPrune)) {
            open.journal().prune(now.minus(JOURNAL_KEPT), JOURNAL_MOST);
            open.verdicts().dropExpired(now.minus(VERDICTS_KEPT));
            nextPrune = now.plus(PRUNE);
        }
        if (isAway) {
            isAway = false;
            log.accept("the store is there again");
        }
    }

    private void write(Store open, Instant now) throws IOException {
        if (heldBack.size() < BATCH) {
            pending.drainTo(heldBack, BATCH - heldBack.size());
        }
        if (heldBack.isEmpty()) {
            return;
        }
        List<Journal.Entry> entries = new ArrayList<>();
        for (Write write : heldBack) {
            switch (write) {
                case Write.Decided(Journal.Entry entry) -> entries.add(entry);
                case Write.Wanted(String image, String askedBy) -> open.scans().want(image, askedBy, now);
            }
        }
        open.journal().add(entries);
        heldBack.clear();
    }

    private void away(Exception failed) {
        if (!isAway) {
            isAway = true;
            log.accept("the store cannot be used, decisions go on from memory: " + failed.getMessage());
        }
        nextRefresh = clock.instant().plus(RETRY);
        if (isClosed) {
            heldBack.clear();
        }
        pause();
    }

    private void pause() {
        try {
            Thread.sleep(isClosed ? 0 : PACE.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is pending, as far as the store takes it, and closes the store. */
    @Override
    public void close() {
        isClosed = true; // not interrupted: that would close the file under it
        try {
            keeper.join(Duration.ofSeconds(5));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        Store open = store;
        if (open == null) {
            return;
        }
        try (open) {
            while (!pending.isEmpty() || !heldBack.isEmpty()) {
                write(open, clock.instant());
            }
        } catch (IOException failed) {
            log.accept((pending.size() + heldBack.size()) + " notes could not be written: " + failed.getMessage());
        }
    }
}
