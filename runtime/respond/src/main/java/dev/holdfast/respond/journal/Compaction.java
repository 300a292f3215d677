package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.journal.Entry.Kind;
import dev.holdfast.respond.journal.Entry.Settings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A journal without the lines that no longer matter: {@link JournalReader} has its form. What is in force or unfinished stays, with what became
 * of it, and with the entries before it that say how it was.
 */
final class Compaction {
    private final History history;
    /** Numbers of the entries whose lines stay. */
    private final Set<Long> staying = new HashSet<>();

    private Compaction(History history) {
        this.history = history;
    }

    /**
     * What becomes of a journal.
     *
     * @param bytes as they are on the disk
     * @param history what they say; it holds together
     * @param isOver whether an entry that is in force by the journal is not, and cannot be undone any more
     */
    static byte[] of(byte[] bytes, History history, Instant now, Predicate<Entry> isOver, String putAway) {
        return new Compaction(history).compacted(bytes, now, isOver, putAway);
    }

    private byte[] compacted(byte[] bytes, Instant now, Predicate<Entry> isOver, String putAway) {
        history.unfinished().forEach(this::stay);
        history.standing().stream().filter(isOver.negate()).forEach(this::stay);
        List<byte[]> kept = kept(bytes);
        Entry first = new Entry(
                history.number() + 1,
                history.last().toString(),
                now,
                Kind.COMPACTED,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                Settings.NONE,
                "",
                "",
                history.lines() - kept.size() + " of " + history.lines() + " lines are in " + putAway
                        + " now: what they tell of is over",
                kept.stream().map(line -> Digest.sha256(line).toString()).toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        add(out, first.line());
        kept.forEach(line -> add(out, line));
        return out.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, byte[] line) {
        out.writeBytes(line);
        out.write('\n');
    }

    /** An entry that was so by another one needs that: it says how it was before. */
    private void stay(Entry entry) {
        if (!staying.add(entry.number())) {
            return;
        }
        if (entry.of() > 0) {
            history.entry(entry.of()).ifPresent(this::stay);
        }
        Entry earlier = entry;
        Optional<Entry> before = history.before(earlier);
        while (before.isPresent()) {
            earlier = before.get();
            staying.add(earlier.number());
            before = history.before(earlier);
        }
    }

    private List<byte[]> kept(byte[] bytes) {
        List<byte[]> kept = new ArrayList<>();
        int start = 0;
        for (Entry entry : history.entries()) {
            int end = start;
            while (bytes[end] != '\n') {
                end++;
            }
            if (stays(entry)) {
                kept.add(java.util.Arrays.copyOfRange(bytes, start, end));
            }
            start = end + 1;
        }
        return kept;
    }

    /** Outcomes and undoings stand behind what they are of. */
    private boolean stays(Entry entry) {
        return switch (entry.kind()) {
            case INTENT -> staying.contains(entry.number());
            case UNDO -> {
                if (staying.contains(entry.of())) {
                    staying.add(entry.number());
                }
                yield staying.contains(entry.number());
            }
            case OUTCOME -> staying.contains(entry.of());
            case NOTE, COMPACTED -> false;
        };
    }
}
