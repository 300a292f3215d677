package dev.holdfast.cli;

import dev.holdfast.watch.source.EventSource;

/** What a watching program does when it is told to end. */
final class WatchSignals {
    private static final long PATIENCE_MILLIS = 15_000;

    private WatchSignals() {}

    /** From now on the end of the program ends the source first, so that all is written. */
    static void stopping(EventSource source) {
        Thread watching = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            source.stop();
            try {
                watching.join(PATIENCE_MILLIS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
