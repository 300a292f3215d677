package dev.holdfast.inventory;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads all record files, on every core, and gives their packages in the order of the files whatever thread was faster. */
final class RecordReader {
    private static final Future<List<Presence>> NOTHING_YET = CompletableFuture.completedFuture(List.of());

    private final FileTree tree;
    private final Limits limits;
    private final RecordMemory memory;
    private final Gaps gaps;

    RecordReader(FileTree tree, Limits limits, RecordMemory memory, Gaps gaps) {
        this.tree = tree;
        this.limits = limits;
        this.memory = memory;
        this.gaps = gaps;
    }

    List<Presence> readAll(List<Reading> readings) throws IOException {
        int threads = Math.min(readings.size(), Runtime.getRuntime().availableProcessors());
        List<Presence> all = new ArrayList<>();
        if (threads < 2) {
            for (Reading reading : readings) {
                all.addAll(read(reading));
            }
            return all;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Presence>>> results = submit(readings, pool);
            for (Future<List<Presence>> result : results) {
                all.addAll(join(result, pool));
            }
        }
        return all;
    }

    /** Starts with the largest files, so that no core is left alone with one at the end. */
    private List<Future<List<Presence>>> submit(List<Reading> readings, ExecutorService pool) {
        List<Integer> order = new ArrayList<>();
        long[] bytes = new long[readings.size()];
        for (int i = 0; i < readings.size(); i++) {
            order.add(i);
            bytes[i] = readings.get(i).bytes();
        }
        List<Future<List<Presence>>> results = new ArrayList<>(Collections.nCopies(readings.size(), NOTHING_YET));
        order.sort((a, b) -> Long.compare(bytes[b], bytes[a])); // the longest first; the sort is stable
        for (int i : order) {
            results.set(i, pool.submit(() -> read(readings.get(i))));
        }
        return results;
    }

    private List<Presence> read(Reading reading) throws IOException {
        return new RecordHistory(reading, tree, limits, memory, gaps).presences();
    }

    private static List<Presence> join(Future<List<Presence>> result, ExecutorService pool) throws IOException {
        try {
            return result.get();
        } catch (ExecutionException failed) {
            pool.shutdownNow();
            Throwable cause = failed.getCause();
            if (cause instanceof IOException environment) {
                throw environment;
            }
            if (cause instanceof RuntimeException bug) {
                throw bug;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed); // read throws nothing else
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading packages", interrupted);
        }
    }
}
