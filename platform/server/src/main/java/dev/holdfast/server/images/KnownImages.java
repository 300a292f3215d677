package dev.holdfast.server.images;

import dev.holdfast.core.Digest;
import dev.holdfast.server.admission.ImageKnowledge;
import dev.holdfast.store.Store;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the store holds of images, in memory: what was written by this server and, once a second, by others. It goes on answering when the
 * store is away. The newest are kept when there are too many: an older image is unknown then, and scanned again.
 */
final class KnownImages implements ImageKnowledge {
    /** Some 40 MB. */
    private static final int MOST = 50_000;
    /** Others' clocks may go wrong by so much, and their transactions take so long. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Map<Digest, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Map<String, Verdicts.Named> named = new ConcurrentHashMap<>();
    private Instant seenUpTo = Instant.EPOCH;

    @Override
    public Optional<Verdict> verdict(Digest digest) {
        return Optional.ofNullable(verdicts.get(digest));
    }

    @Override
    public Optional<Verdicts.Named> named(String name) {
        return Optional.ofNullable(named.get(name));
    }

    int size() {
        return verdicts.size();
    }

    /** Takes what was found just now. */
    void add(ImageScan.Scanned found) {
        found.verdicts().forEach(this::add);
        found.named().ifPresent(this::add);
    }

    private void add(Verdict verdict) {
        verdicts.merge(verdict.digest(), verdict, (old, next) -> next.judged().isBefore(old.judged()) ? old : next);
    }

    private void add(Verdicts.Named name) {
        named.merge(name.name(), name, (old, next) -> next.seen().isBefore(old.seen()) ? old : next);
    }

    /** Takes what others wrote since the last time. Called by one thread. */
    void refresh(Store store, Instant now) throws IOException {
        if (verdicts.size() > MOST * 2 || named.size() > MOST * 2) {
            verdicts.clear();
            named.clear();
            seenUpTo = Instant.EPOCH;
        }
        Instant since = seenUpTo.equals(Instant.EPOCH) ? seenUpTo : seenUpTo.minus(OVERLAP);
        store.verdicts().writtenSince(since, MOST).forEach(this::add);
        store.verdicts().namedSince(since, MOST).forEach(this::add);
        seenUpTo = now;
    }
}
