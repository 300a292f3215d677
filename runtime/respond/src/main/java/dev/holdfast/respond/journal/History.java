package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.respond.journal.Entry.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a journal says.
 *
 * @param entries in their order; lines that are none are left out
 * @param lines how many whole lines there are
 * @param number the number of the last whole line: how many there are, unless lines were put away
 * @param last the digest of the last whole line; of nothing when there is none
 * @param problems where it does not hold together, a sentence each: what was changed or taken out since it was written
 * @param isEndLost whether the last line that was written is not there any more, or cannot be told
 * @param torn how many bytes behind the last whole line were not written to the end
 */
public record History(
        List<Entry> entries, long lines, long number, Digest last, List<String> problems, boolean isEndLost, int torn) {
    /** Results of an intent that leave something in force. */
    private static final Set<String> STANDING = Set.of("done", "already", "partly", "could-not-tell");

    /** Results of an undoing behind which nothing is in force. */
    private static final Set<String> ENDING = Set.of("done", "already", "gone");

    /** What stands for the line before the first. */
    static final Digest NOTHING = Digest.sha256(new byte[0]);

    public History {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** This, and one line more that follows it. */
    History and(Entry entry, byte[] line) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(entry);
        return new History(all, lines + 1, entry.number(), Digest.sha256(line), problems, isEndLost, 0);
    }

    /** The last line that was written, as it is kept beside the journal. */
    record Head(long number, Digest digest) {}

    public boolean isSound() {
        return problems.isEmpty();
    }

    /** The entry of this number. */
    public Optional<Entry> entry(long number) {
        boolean isInside = number > 0 && number <= entries.size();
        if (isInside && entries.get((int) number - 1).number() == number) {
            return Optional.of(entries.get((int) number - 1)); // where no line was put away, taken out or damaged
        }
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
    }

    /** The entry that found it otherwise: later ones that ask for the same refer to it. */
    public Entry first(Entry entry) {
        Entry first = entry;
        Optional<Entry> earlier = before(first);
        while (earlier.isPresent()) {
            first = earlier.get();
            earlier = before(first);
        }
        return first;
    }

    /** The entry by which it was so already before this one; empty when by none of ours. */
    Optional<Entry> before(Entry entry) {
        return entry.before().matches("entry [0-9]{1,18}")
                ? entry(Long.parseLong(entry.before().substring("entry ".length())))
                        .filter(earlier -> earlier.number() < entry.number())
                : Optional.empty();
    }

    /** What became of an entry; empty when that was never written: it was interrupted, or is being done. */
    public Optional<Entry> outcomeOf(long number) {
        return entries.stream()
                .filter(entry -> entry.kind() == Kind.OUTCOME && entry.of() == number)
                .findFirst();
    }

    /** Intents and undoings without an outcome. */
    public List<Entry> unfinished() {
        Map<Long, Entry> open = new LinkedHashMap<>();
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case INTENT, UNDO -> open.put(entry.number(), entry);
                case OUTCOME -> open.remove(entry.of());
                case NOTE, COMPACTED -> {}
            }
        }
        return List.copyOf(open.values());
    }

    /** Intents that may be in force: done, or of an unknown outcome, and not taken back. */
    public List<Entry> standing() {
        Map<Long, Entry> standing = new LinkedHashMap<>();
        Map<Long, Long> undoings = new LinkedHashMap<>();
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case INTENT -> standing.put(entry.number(), entry);
                case UNDO -> undoings.put(entry.number(), entry.of());
                case OUTCOME -> settle(entry, standing, undoings);
                case NOTE, COMPACTED -> {}
            }
        }
        return List.copyOf(standing.values());
    }

    /** What an outcome says about what it is the outcome of. */
    private static void settle(Entry outcome, Map<Long, Entry> standing, Map<Long, Long> undoings) {
        Long undone = undoings.get(outcome.of());
        if (undone != null && ENDING.contains(outcome.result())) {
            standing.remove(undone);
        } else if (undone == null && !STANDING.contains(outcome.result())) {
            standing.remove(outcome.of());
        }
    }
}
