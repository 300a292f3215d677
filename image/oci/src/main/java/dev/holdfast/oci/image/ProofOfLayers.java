package dev.holdfast.oci.image;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.layer.LayerProof;
import dev.holdfast.oci.layer.LayerSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Proves the layers of an image: first those that need no reading, then the others side by side. */
final class ProofOfLayers {
    private ProofOfLayers() {}

    static boolean of(List<LayerSource> layers, LayerProof proof) throws InputException, IOException {
        List<LayerSource> unproven = new ArrayList<>();
        for (LayerSource layer : layers) {
            if (!proof.isProven(layer)) {
                unproven.add(layer);
            }
        }
        int threads = Math.min(unproven.size(), Runtime.getRuntime().availableProcessors());
        if (threads == 0) {
            return true;
        }
        unproven.sort((a, b) -> Long.compare(b.size(), a.size())); // the longest first
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Boolean>> proofs = new ArrayList<>();
            for (LayerSource layer : unproven) {
                proofs.add(pool.submit(() -> proof.prove(layer)));
            }
            for (Future<Boolean> each : proofs) {
                if (!await(each)) {
                    pool.shutdownNow();
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean await(Future<Boolean> proof) throws InputException, IOException {
        try {
            return proof.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("reading was interrupted");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case InputException wrong -> throw wrong;
                case IOException broken -> throw broken;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
