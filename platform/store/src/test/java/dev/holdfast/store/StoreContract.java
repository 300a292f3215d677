package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every store. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class StoreContract {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(10);

    private StoreSettings settings;
    private Store store;

    abstract StoreSettings freshSettings() throws Exception;

    @BeforeEach
    void aFreshStore() throws Exception {
        settings = freshSettings();
        store = Store.open(settings);
    }

    @AfterEach
    void close() {
        store.close();
    }

    static Digest digest(String of) {
        return Digest.sha256(of.getBytes(StandardCharsets.UTF_8));
    }

    static Verdict verdict(String image, Verdict.Outcome outcome, Instant judged) {
        return new Verdict(
                digest(image),
                outcome,
                "3 findings at or above high",
                "sha256:p",
                "sha256:s",
                "holdfast",
                new Verdict.Counts(1, 2, 3, 4, 5),
                judged,
                judged.plus(Duration.ofDays(7)));
    }

    @Test
    void givesBackWhatItKeptAlsoAfterItWasOpenedAnew() throws Exception {
        Verdict verdict = verdict("web", Verdict.Outcome.FAIL, NOW);
        Verdicts.Named named = new Verdicts.Named("docker.io/library/web:1", verdict.digest(), NOW);
        store.verdicts().keep(List.of(verdict), List.of(named), NOW);
        store.close();
        store = Store.open(settings);
        assertThat(store.verdicts().find(verdict.digest())).contains(verdict);
        assertThat(store.verdicts().find(digest("other"))).isEmpty();
        assertThat(store.verdicts().writtenSince(NOW, 10)).containsExactly(verdict);
        assertThat(store.verdicts().writtenSince(NOW.plusMillis(1), 10)).isEmpty();
        assertThat(store.verdicts().namedSince(NOW, 10)).containsExactly(named);
        assertThat(verdict.counts().atLeast(Severity.MEDIUM)).isEqualTo(6);
    }

    @Test
    void anOlderVerdictDoesNotReplaceANewerOne() throws Exception {
        Verdict newer = verdict("web", Verdict.Outcome.PASS, NOW);
        store.verdicts().keep(List.of(newer), List.of(), NOW);
        store.verdicts().keep(List.of(verdict("web", Verdict.Outcome.FAIL, NOW.minusSeconds(1))), List.of(), NOW);
        assertThat(store.verdicts().find(newer.digest())).contains(newer);
        Verdict newest = verdict("web", Verdict.Outcome.COULD_NOT_TELL, NOW.plusSeconds(1));
        store.verdicts().keep(List.of(newest), List.of(), NOW);
        assertThat(store.verdicts().find(newer.digest())).contains(newest);
    }

    @Test
    void dropsWhatHasExpired() throws Exception {
        store.verdicts().keep(List.of(verdict("old", Verdict.Outcome.PASS, NOW)), List.of(), NOW);
        assertThat(store.verdicts().dropExpired(NOW.plus(Duration.ofDays(7)))).isZero();
        assertThat(store.verdicts().dropExpired(NOW.plus(Duration.ofDays(8)))).isEqualTo(1);
    }

    @Test
    void keepsTextThatADatabaseWouldRefuse() throws Exception {
        String hostile = "'; DROP TABLE verdicts; -- \0 \uD83D\uDE00 " + "x".repeat(2_000);
        Verdict verdict = new Verdict(
                digest("x"), Verdict.Outcome.FAIL, hostile, hostile, hostile, hostile, Verdict.Counts.NONE, NOW, NOW);
        store.verdicts().keep(List.of(verdict), List.of(), NOW);
        assertThat(store.verdicts().find(digest("x")).orElseThrow().sentence())
                .startsWith("'; DROP TABLE verdicts; --   \uD83D\uDE00 xx")
                .hasSize(1_000);
        store.journal()
                .add(List.of(new Journal.Entry(
                        NOW, hostile, hostile, hostile, hostile, hostile, hostile, hostile, "m".repeat(9_000))));
        assertThat(store.journal().latest(1).getFirst().message()).hasSize(2_000);
        assertThat(store.scans().want("x".repeat(2_000), hostile, NOW)).isFalse();
    }

    @Test
    void anImageIsWantedOnceHoweverOftenItIsAskedFor() throws Exception {
        assertThat(store.scans().want("web:1", "pods \"a\"", NOW)).isTrue();
        assertThat(store.scans().want("web:1", "pods \"b\"", NOW)).isTrue();
        assertThat(store.scans().depth()).isEqualTo(new ScanQueue.Depth(1, 0, 0));
        WantedScan scan = store.scans().take(LEASE, NOW).orElseThrow();
        assertThat(scan.image()).isEqualTo("web:1");
        assertThat(scan.askedBy()).isEqualTo("pods \"a\"");
        assertThat(scan.attempts()).isEqualTo(1);
        assertThat(store.scans().want("web:1", "pods \"c\"", NOW)).isTrue();
        assertThat(store.scans().take(LEASE, NOW)).isEmpty();
        assertThat(store.scans().done(scan)).isTrue();
        assertThat(store.scans().depth()).isEqualTo(new ScanQueue.Depth(0, 0, 0));
    }

    @Test
    void whoDiesLosesTheLeaseAndCannotFinishWhatAnotherOneDoes() throws Exception {
        store.scans().want("web:1", "", NOW);
        WantedScan dead = store.scans().take(LEASE, NOW).orElseThrow();
        Instant later = NOW.plus(LEASE);
        WantedScan other = store.scans().take(LEASE, later).orElseThrow();
        assertThat(other.attempts()).isEqualTo(2);
        assertThat(store.scans().done(dead)).isFalse();
        assertThat(store.scans().failed(dead, "too late", false, later)).isFalse();
        assertThat(store.scans().done(other)).isTrue();
    }

    @Test
    void whatCannotBeScannedIsTriedLaterAndLaterAndThenRests() throws Exception {
        store.scans().want("gone:1", "", NOW);
        Instant now = NOW;
        for (int minutes : new int[] {1, 2, 4, 8}) {
            WantedScan scan = store.scans().take(LEASE, now).orElseThrow();
            assertThat(store.scans().failed(scan, "no such image", false, now)).isTrue();
            assertThat(store.scans()
                            .take(LEASE, now.plus(Duration.ofMinutes(minutes)).minusMillis(1)))
                    .isEmpty();
            now = now.plus(Duration.ofMinutes(minutes));
        }
        store.scans().failed(store.scans().take(LEASE, now).orElseThrow(), "no such image", false, now);
        assertThat(store.scans().depth()).isEqualTo(new ScanQueue.Depth(0, 0, 1));
        assertThat(store.scans().dead(5))
                .singleElement()
                .extracting(WantedScan::problem)
                .isEqualTo("no such image");
        assertThat(store.scans().want("gone:1", "", now)).as("it rests").isFalse();
        assertThat(store.scans().want("gone:1", "", now.plus(ScanQueue.REST))).isTrue();
        assertThat(store.scans()
                        .take(LEASE, now.plus(ScanQueue.REST))
                        .orElseThrow()
                        .attempts())
                .isEqualTo(1);
    }

    @Test
    void whatIsHopelessIsTriedOnce() throws Exception {
        store.scans().want("bad:1", "", NOW);
        store.scans().failed(store.scans().take(LEASE, NOW).orElseThrow(), "no image", true, NOW);
        assertThat(store.scans().depth().dead()).isEqualTo(1);
    }

    @Test
    void givesBackWhatWasNotBegun() throws Exception {
        store.scans().want("web:1", "", NOW);
        store.scans().giveBack(store.scans().take(LEASE, NOW).orElseThrow(), NOW);
        assertThat(store.scans().take(LEASE, NOW).orElseThrow().attempts()).isEqualTo(1);
    }

    /** Several at once take every scan exactly once. */
    @Test
    void nobodyTakesWhatAnotherOneHas() throws Exception {
        int images = 60;
        for (int i = 0; i < images; i++) {
            store.scans().want("web:" + i, "", NOW);
        }
        List<Callable<List<String>>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takers.add(() -> {
                List<String> taken = new ArrayList<>();
                for (Optional<WantedScan> next = store.scans().take(LEASE, NOW);
                        next.isPresent();
                        next = store.scans().take(LEASE, NOW)) {
                    taken.add(next.get().image());
                }
                return taken;
            });
        }
        List<String> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<String>> taker : threads.invokeAll(takers)) {
                all.addAll(taker.get());
            }
        }
        Set<String> distinct = new HashSet<>(all);
        // A taker that saw only rows which others were looking at ends early; what it left is still there.
        for (Optional<WantedScan> next = store.scans().take(LEASE, NOW);
                next.isPresent();
                next = store.scans().take(LEASE, NOW)) {
            assertThat(distinct.add(next.get().image())).isTrue();
            all.add(next.get().image());
        }
        assertThat(all).hasSize(images);
        assertThat(distinct).hasSize(images);
    }

    /** The same image asked for, and the same verdict kept, by many at once. */
    @Test
    void raceForOneKeyEndsWell() throws Exception {
        List<Callable<Boolean>> askers = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    store.verdicts()
                            .keep(
                                    List.of(verdict("same", Verdict.Outcome.PASS, NOW)),
                                    List.of(new Verdicts.Named("same:1", digest("same"), NOW)),
                                    NOW);
                    return store.scans().want("same:1", "", NOW);
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> asked : threads.invokeAll(askers)) {
                assertThat(asked.get()).isTrue();
            }
        }
        assertThat(store.scans().depth().waiting()).isEqualTo(1);
        assertThat(store.verdicts().writtenSince(NOW, 10)).hasSize(1);
    }

    @Test
    void theJournalIsBounded() throws Exception {
        List<Journal.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(new Journal.Entry(
                    NOW.plusSeconds(i), "u" + i, "CREATE", "pods \"web\"", "shop", "ann", "denied", "enforce", "no"));
        }
        store.journal().add(entries);
        store.journal().add(List.of());
        assertThat(store.journal().latest(2)).containsExactly(entries.get(99), entries.get(98));
        assertThat(store.journal().prune(NOW.plusSeconds(10), 1_000)).isEqualTo(10);
        assertThat(store.journal().prune(NOW, 30)).isEqualTo(60);
        assertThat(store.journal().latest(1_000)).hasSize(30).startsWith(entries.get(99));
    }

    /** Any order of taking, failing, dying and asking leaves every image somewhere, and never with two owners. */
    @Test
    void theQueueLosesNothingWhateverHappens() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        Set<String> images = new HashSet<>();
        List<WantedScan> held = new ArrayList<>();
        Instant now = NOW;
        int done = 0;
        for (int step = 0; step < 150; step++) {
            now = now.plusSeconds(random.nextInt(200));
            String image = "web:" + random.nextInt(12);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (store.scans().want(image, "", now)) {
                        images.add(image);
                    }
                }
                case 1, 2 -> store.scans().take(LEASE, now).ifPresent(held::add);
                case 3 -> {
                    if (!held.isEmpty()) {
                        WantedScan scan = held.remove(random.nextInt(held.size()));
                        if (store.scans().done(scan)) {
                            assertThat(images.remove(scan.image()))
                                    .as("seed " + seed)
                                    .isTrue();
                            done++;
                        }
                    }
                }
                default -> {
                    if (!held.isEmpty()) {
                        store.scans().failed(held.remove(0), "no", random.nextInt(9) == 0, now);
                    }
                }
            }
            ScanQueue.Depth depth = store.scans().depth();
            assertThat(depth.waiting() + depth.leased() + depth.dead())
                    .as("seed " + seed)
                    .isEqualTo(images.size());
        }
        assertThat(done).as("seed " + seed).isPositive();
    }

    @Test
    void aNewerProgramsTablesAreLeftAlone() throws Exception {
        store.close();
        Connections connections = Connections.open(settings);
        connections.doing("pretend", handle -> handle.execute("INSERT INTO schema_versions VALUES (999, 'from afar')"));
        connections.close();
        assertThatThrownBy(() -> Store.open(settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("written by a newer Holdfast");
    }
}
