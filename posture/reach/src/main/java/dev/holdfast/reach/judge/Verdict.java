package dev.holdfast.reach.judge;

import dev.holdfast.reach.space.Connections;
import java.util.List;

/**
 * What becomes of some connections.
 *
 * @param causes none when no policy is about either end
 */
public record Verdict(boolean isAllowed, Connections connections, List<Cause> causes) {
    public Verdict {
        causes = List.copyOf(causes);
    }
}
