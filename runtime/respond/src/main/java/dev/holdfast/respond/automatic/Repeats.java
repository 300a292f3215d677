package dev.holdfast.respond.automatic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * In a storm of alerts the same is to be told of each of them: it is told once, and some seconds later how often more. Owned by one thread.
 */
final class Repeats {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    /** Different lines that are counted at once; with more of them they are told and forgotten. */
    private static final int MOST = 1_000;

    private final AutomaticResponse.Listener listener;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private long begun;

    Repeats(AutomaticResponse.Listener listener) {
        this.listener = listener;
    }

    /** Tells a line, unless it was told a moment ago. */
    void tell(String line, long now) {
        if (counts.isEmpty()) {
            begun = now;
        }
        if (counts.merge(line, 0, (count, none) -> count + 1) == 0) {
            listener.told(line);
        }
        if (counts.size() > MOST) {
            flush();
        }
    }

    /** Tells how often more, when it is time for that. */
    void tellWhatIsDue(long now) {
        if (!counts.isEmpty() && now - begun >= WINDOW) {
            flush();
        }
    }

    /** Tells how often more. */
    void flush() {
        counts.forEach((line, count) -> {
            if (count > 0) {
                listener.told(count + (count == 1 ? " time more: " : " times more: ") + line);
            }
        });
        counts.clear();
    }
}
