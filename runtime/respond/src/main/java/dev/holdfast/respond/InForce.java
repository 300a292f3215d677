package dev.holdfast.respond;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that holds in the kernel now.
 *
 * @param container as people call it; empty when the container has ended
 * @param group the path of its control group; its number when the group has ended
 * @param entries by which it was ordered; none when the journal does not know of it
 * @param since when it was ordered first
 * @param by who ordered it first
 * @param notes what is to be known: what it lets through, what it stopped, what does not fit the journal
 */
public record InForce(
        Action action,
        String container,
        String group,
        List<Long> entries,
        Optional<Instant> since,
        String by,
        List<String> notes) {
    public InForce {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }
}
