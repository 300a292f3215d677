package dev.holdfast.core.net;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a connection that brings no byte for too long, which ends the read that waits for it. The JDK's HTTP client has no such limit:
 * its own ends with the headers.
 */
public final class SilenceWatch implements AutoCloseable {
    private final AtomicLong bytes = new AtomicLong();
    private final Thread watch;

    /** Watches until this is closed. */
    public SilenceWatch(Closeable connection, Duration silence) {
        this.watch = Thread.ofVirtual().start(() -> closeWhenSilent(connection, silence));
    }

    /** Notes that bytes came. Gives back how many came in all. */
    public long came(int count) {
        return bytes.addAndGet(count);
    }

    public long bytes() {
        return bytes.get();
    }

    private void closeWhenSilent(Closeable connection, Duration silence) {
        try {
            long before = -1;
            while (before != bytes.get()) {
                before = bytes.get();
                Thread.sleep(silence);
            }
            connection.close();
        } catch (InterruptedException done) {
            // the body has come to its end
        } catch (IOException broken) {
            // the reader finds out for itself
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
