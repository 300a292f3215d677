package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
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
 * @param last the digest of the last whole line; of nothing when there is none
 * @param problems where it does not hold together, a sentence each: what was changed or taken out since it was written
 * @param isEndLost whether the last line that was written is not there any more
 * @param torn how many bytes behind the last whole line were not written to the end
 */
public record History(
        List<Entry> entries, long lines, Digest last, List<String> problems, boolean isEndLost, int torn) {
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

    /**
     * Reads a journal's bytes.
     *
     * @param head how many lines there were at least and what the last of them was, kept beside the journal; empty when that is gone
     */
    static History read(byte[] bytes, Optional<Head> head) {
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Digest last = NOTHING;
        int line = 0;
        int start = 0;
        boolean isHeadSeen = head.isEmpty();
        for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
            byte[] text = java.util.Arrays.copyOfRange(bytes, start, end);
            line++;
            try {
                Entry entry = Entry.read(text);
                if (!entry.previous().equals(last.toString()) || entry.number() != line) {
                    problems.add("line " + line
                            + " does not follow the one before: lines were changed, taken out or put in");
                }
                entries.add(entry);
            } catch (InputException none) {
                problems.add("line " + line + ": " + none.getMessage());
            }
            last = Digest.sha256(text);
            isHeadSeen |= head.isPresent()
                    && head.get().number() == line
                    && head.get().digest().equals(last);
            start = end + 1;
        }
        if (!isHeadSeen) {
            problems.add("it had " + head.orElseThrow().number()
                    + " lines or more, and is not what they were: its end was changed or cut off");
        }
        return new History(entries, line, last, problems, !isHeadSeen, bytes.length - start);
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The last line that was written, as it is kept beside the journal. */
    record Head(long number, Digest digest) {}

    public boolean isSound() {
        return problems.isEmpty();
    }

    /** The entry of this number. */
    public Optional<Entry> entry(long number) {
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
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
                case NOTE -> {}
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
                case NOTE -> {}
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
