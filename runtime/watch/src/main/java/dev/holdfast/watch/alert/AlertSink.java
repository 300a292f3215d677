package dev.holdfast.watch.alert;

import java.io.IOException;

/** Where alerts go. Used by one thread. */
public interface AlertSink extends AutoCloseable {
    /** As messages name it. */
    String name();

    /**
     * Takes an alert. A sink that sends elsewhere takes it at once and sends it later.
     *
     * @throws IOException when it cannot be written, now or ever
     */
    void accept(Alert alert) throws IOException;

    /** How many alerts it could not pass on so far. */
    default long lost() {
        return 0;
    }

    /** Passes on what it still has, for a bounded time, and ends. */
    @Override
    void close() throws IOException;
}
