package dev.holdfast.watch.source;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.rules.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A series of events, used by one thread. */
public interface EventSource extends AutoCloseable {
    /**
     * The next event, waiting for it where it has not happened yet; empty at the end. The event before may not be used any more.
     *
     * @throws InputException when nothing of the source can be read; damage behind the first event is a {@linkplain #gaps() gap} instead
     */
    Optional<? extends Event> next() throws InputException, IOException;

    /** What could not be read so far. */
    List<Gap> gaps();

    /** How many events so far were lost before they could be taken. */
    default long lost() {
        return 0;
    }

    /** Ends a wait for the next event from another thread; the source is at its end then. */
    default void stop() {}

    @Override
    void close() throws IOException;
}
