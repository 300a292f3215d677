package dev.holdfast.advisory.base;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the smaller lists: sources, exploited, scores, life cycles. */
final class LesserTables {
    private static final int EXPLOITED_BYTES = 8;
    private static final int RUN_HEADER_BYTES = 12;
    private static final int BLOCK_ENTRY_BYTES = 12;

    private final List<Source> sources;
    private final NameTable texts;
    private final NameTable ids;
    private final Section exploited;
    private final Section scores;
    private final Section lifecycles;

    LesserTables(
            List<Source> sources,
            NameTable texts,
            NameTable ids,
            Section exploited,
            Section scores,
            Section lifecycles) {
        this.sources = sources;
        this.texts = texts;
        this.ids = ids;
        this.exploited = exploited;
        this.scores = scores;
        this.lifecycles = lifecycles;
    }

    static List<Source> sources(Section section) {
        Cursor cursor = section.at(0);
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < section.count(); i++) {
            sources.add(new Source(text(cursor), text(cursor), text(cursor), text(cursor), cursor.v(), cursor.v()));
        }
        return List.copyOf(sources);
    }

    private static String text(Cursor cursor) {
        return new String(cursor.bytes(cursor.count(1)), StandardCharsets.UTF_8);
    }

    Optional<Exploited> exploited(String cve) {
        int wanted = ids.find(cve);
        int low = 0;
        int high = wanted < 0 ? -1 : exploited.count() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (exploited.u31((long) middle * EXPLOITED_BYTES) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return high >= 0 && exploited.u31((long) low * EXPLOITED_BYTES) == wanted
                ? Optional.of(exploited(low))
                : Optional.empty();
    }

    private Exploited exploited(int row) {
        long at = (long) row * EXPLOITED_BYTES;
        return new Exploited(
                ids.get(exploited.u31(at)), Day.text(exploited.u16(at + 4)), (exploited.u8(at + 6) & 1) != 0);
    }

    void replayExploited(BiConsumer<Integer, Exploited> to) {
        for (int row = 0; row < exploited.count(); row++) {
            int source = exploited.u8((long) row * EXPLOITED_BYTES + 7);
            if (source >= sources.size()) {
                throw exploited.corrupt("source " + source + " of " + sources.size());
            }
            to.accept(source, exploited(row));
        }
    }

    Optional<ExploitScore> score(String cve) {
        long wanted = Cve.number(cve);
        Optional<ExploitScore> found = Optional.empty();
        if (wanted >= 0) {
            long run = 4;
            for (int runs = scores.u31(0); runs > 0 && found.isEmpty(); runs--) {
                found = new Run(run).find(wanted);
                run = runs > 1 ? new Run(run).end() : run;
            }
        }
        return found;
    }

    void replayScores(BiConsumer<Integer, ExploitScore> to) {
        long at = 4;
        for (int runs = scores.u31(0); runs > 0; runs--) {
            Run run = new Run(at);
            run.replay(to);
            at = run.end();
        }
    }

    /** The scores of one source. */
    private final class Run {
        private final long start;
        private final int source;
        private final int count;
        private final int blocks;

        Run(long start) {
            this.start = start;
            this.source = scores.u31(start);
            this.count = scores.u31(start + 4);
            this.blocks = scores.u31(start + 8);
            long needed = ((long) count + Layout.SCORES_IN_BLOCK - 1) / Layout.SCORES_IN_BLOCK;
            if (source >= sources.size() || blocks != needed) {
                throw scores.corrupt("a run of " + count + " scores in " + blocks + " blocks from source " + source);
            }
        }

        private long first(int block) {
            return scores.bits64(start + RUN_HEADER_BYTES + (long) block * BLOCK_ENTRY_BYTES);
        }

        private Cursor at(int block) {
            return scores.at(start + scores.u31(start + RUN_HEADER_BYTES + (long) block * BLOCK_ENTRY_BYTES + 8));
        }

        private int sizeOf(int block) {
            return Math.min(Layout.SCORES_IN_BLOCK, count - block * Layout.SCORES_IN_BLOCK);
        }

        Optional<ExploitScore> find(long wanted) {
            int low = 0;
            int high = blocks - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (first(middle) <= wanted) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            if (high < 0) {
                return Optional.empty();
            }
            Cursor cursor = at(high);
            long cve = first(high);
            for (int left = sizeOf(high); left > 0; left--) {
                cve += cursor.v();
                long units = units(cursor);
                if (cve == wanted) {
                    return Optional.of(score(cve, units));
                }
            }
            return Optional.empty();
        }

        private long units(Cursor cursor) {
            return cursor.u16() | (long) cursor.u16() << 16 | (long) cursor.u8() << 32;
        }

        private ExploitScore score(long cve, long units) {
            return new ExploitScore(
                    Cve.text(cve),
                    (double) (units >>> Layout.SCORE_BITS) / Layout.SCORE_UNITS,
                    (double) (units & (1 << Layout.SCORE_BITS) - 1) / Layout.SCORE_UNITS);
        }

        void replay(BiConsumer<Integer, ExploitScore> to) {
            for (int block = 0; block < blocks; block++) {
                Cursor cursor = at(block);
                long cve = first(block);
                for (int left = sizeOf(block); left > 0; left--) {
                    cve += cursor.v();
                    to.accept(source, score(cve, units(cursor)));
                }
            }
        }

        /** Where the next run begins. */
        long end() {
            if (blocks == 0) {
                return start + RUN_HEADER_BYTES;
            }
            Cursor cursor = at(blocks - 1);
            for (int left = sizeOf(blocks - 1); left > 0; left--) {
                cursor.v();
                units(cursor);
            }
            return cursor.position();
        }
    }

    /** A product's releases in the order of their names, from the preferred source where several speak. */
    List<Lifecycle> lifecycles(String product) {
        int wanted = texts.find(product);
        int low = 0;
        int high = wanted < 0 ? -1 : lifecycles.u31(0) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = lifecycles.u31(4 + middle * 8L);
            if (found == wanted) {
                List<Lifecycle> distinct = new ArrayList<>();
                replayProduct(middle, (source, lifecycle) -> {
                    if (distinct.isEmpty() || !distinct.getLast().release().equals(lifecycle.release())) {
                        distinct.add(lifecycle);
                    }
                });
                return distinct;
            }
            if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return List.of();
    }

    List<Lifecycle> lifecyclesByDate(String product) {
        List<Lifecycle> sorted = new ArrayList<>(lifecycles(product));
        sorted.sort(Comparator.comparing(Lifecycle::released).thenComparing(Lifecycle::release));
        return sorted;
    }

    void replayLifecycles(BiConsumer<Integer, Lifecycle> to) {
        int products = lifecycles.u31(0);
        for (int product = 0; product < products; product++) {
            replayProduct(product, to);
        }
    }

    private void replayProduct(int product, BiConsumer<Integer, Lifecycle> to) {
        String name = texts.get(lifecycles.u31(4 + product * 8L));
        Cursor cursor = lifecycles.at(lifecycles.u31(8 + product * 8L));
        for (int left = cursor.count(6); left > 0; left--) {
            Lifecycle lifecycle = new Lifecycle(
                    name,
                    texts.get(cursor.v()),
                    texts.get(cursor.v()),
                    texts.get(cursor.v()),
                    texts.get(cursor.v()),
                    texts.get(cursor.v()));
            to.accept(cursor.below(sources.size()), lifecycle);
        }
    }
}
