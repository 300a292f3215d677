package dev.holdfast.oci.layer;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Reads the layers of one image on all processors, the largest first, and hands them over from the bottom up as they become ready.
 *
 * <p>When layers fail, the lowest one's failure is told, whichever came first: the layers below a failed one are read on, those above are
 * given up.
 */
public final class LayerReading {
    private final List<LayerSource> layers;
    private final Limits limits;
    private final Interest interest;
    private final Watch watch;
    private final Spill spill;
    private final LayerMemory memory;

    private final Allowance allowance;
    private final List<LayerSource> queue;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger lowestFailed = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicReferenceArray<Outcome> outcomes;

    private sealed interface Outcome {
        record Read(LayerPass.ReadLayer layer) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    /** Takes one layer after another. */
    @FunctionalInterface
    public interface Consumer {
        void accept(LayerSource source, LayerPass.ReadLayer layer) throws InputException;
    }

    public LayerReading(
            List<LayerSource> layers, Limits limits, Interest interest, Watch watch, Spill spill, LayerMemory memory) {
        this.layers = layers;
        this.limits = limits;
        this.interest = interest;
        this.watch = watch;
        this.spill = spill;
        this.memory = memory;
        this.allowance = new Allowance(limits);
        this.outcomes = new AtomicReferenceArray<>(layers.size());
        this.queue = new ArrayList<>(layers);
        queue.sort((a, b) -> Long.compare(b.size(), a.size())); // the longest first
    }

    public void run(Consumer consumer) throws InputException, IOException {
        List<Thread> workers =
                start(Math.min(layers.size(), Runtime.getRuntime().availableProcessors()));
        try {
            for (int i = 0; i < layers.size(); i++) {
                consumer.accept(layers.get(i), await(i));
            }
        } finally {
            lowestFailed.set(-1); // gives up whatever is still being read after a failure
            join(workers);
        }
    }

    private List<Thread> start(int count) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(Thread.ofPlatform().daemon().name("layer-reader-" + i).start(this::work));
        }
        return workers;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < queue.size(); i = next.getAndIncrement()) {
            LayerSource layer = queue.get(i);
            Outcome outcome = read(layer);
            if (outcome instanceof Outcome.Failed) {
                lowestFailed.accumulateAndGet(layer.index(), Math::min);
            }
            synchronized (outcomes) {
                outcomes.set(layer.index(), outcome);
                outcomes.notifyAll();
            }
        }
    }

    private Outcome read(LayerSource layer) {
        try {
            LayerPass pass = new LayerPass(layer, limits, allowance, memory, () -> layer.index() > lowestFailed.get());
            return new Outcome.Read(pass.read(interest, watch, spill));
        } catch (InputException | IOException | RuntimeException | Error failed) {
            return new Outcome.Failed(failed); // thrown again by the thread that waits for the layer
        }
    }

    private LayerPass.ReadLayer await(int index) throws InputException, IOException {
        Outcome outcome;
        synchronized (outcomes) {
            for (outcome = outcomes.get(index); outcome == null; outcome = outcomes.get(index)) {
                waitForMore();
            }
        }
        if (outcome instanceof Outcome.Failed failed) {
            throw rethrown(failed.cause());
        }
        return ((Outcome.Read) outcome).layer();
    }

    private void waitForMore() throws InterruptedIOException {
        try {
            outcomes.wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading was interrupted");
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws InputException, IOException {
        switch (cause) {
            case InputException wrong -> throw wrong;
            case IOException failed -> throw failed;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> throw new IllegalStateException(cause);
        }
    }

    /** Waits until no worker uses the files any more; a second interruption does not cut this short, a piece takes microseconds. */
    private static void join(List<Thread> workers) {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
