package dev.holdfast.respond.journal;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.respond.journal.Entry.Kind;
import dev.holdfast.respond.journal.History.Head;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal's bytes.
 *
 * <pre>
 * journal = [ compacted { kept } ] { line }
 * </pre>
 *
 * <p>Every {@code line} has the number behind that of the one before, and its digest. A line of the kind {@code compacted} stands in for all the
 * lines before its number: it has the digest of the last of them, and those of the lines among them that were kept, which follow it just as they
 * were; what comes then goes on from the compaction.
 */
final class JournalReader {
    private final Optional<Head> head;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Deque<String> kept = new ArrayDeque<>();
    private Digest last = History.NOTHING;
    private long number;
    private int line;
    private boolean isHeadSeen;

    private JournalReader(Optional<Head> head) {
        this.head = head;
        this.isHeadSeen = head.isEmpty();
    }

    /**
     * Reads a journal.
     *
     * @param head which line there was at least and what it was, kept beside the journal; empty when that is gone
     */
    static History read(byte[] bytes, Optional<Head> head) {
        return new JournalReader(head).read(bytes);
    }

    private History read(byte[] bytes) {
        int start = 0;
        for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
            take(Arrays.copyOfRange(bytes, start, end));
            start = end + 1;
        }
        if (!kept.isEmpty()) {
            problems.add("lines that had been kept when others were put away are gone: " + kept.size());
        }
        // Nobody is told to distrust a journal of one line: the program may have been stopped before it kept that.
        boolean isHeadLost = head.isEmpty() && line > 1;
        if (isHeadLost) {
            problems.add(
                    "what keeps its last line (the file with .head behind its name) is gone or damaged: whether its end"
                            + " was cut off cannot be told");
        }
        if (!isHeadSeen) {
            problems.add("it had " + head.orElseThrow().number()
                    + " lines or more, and is not what they were: its end was changed or cut off");
        }
        return new History(entries, line, number, last, problems, !isHeadSeen || isHeadLost, bytes.length - start);
    }

    private void take(byte[] text) {
        line++;
        Digest digest = Digest.sha256(text);
        Optional<Entry> entry = entry(text);
        entry.ifPresent(entries::add);
        boolean follows = entry.filter(one -> one.previous().equals(last.toString()) && one.number() == number + 1)
                .isPresent();
        if (!kept.isEmpty() && !follows) {
            if (!kept.removeFirst().equals(digest.toString())) {
                problems.add("line " + line + " is not what was kept when others were put away");
            }
            return;
        }
        if (line == 1 && entry.filter(one -> one.kind() == Kind.COMPACTED).isPresent()) {
            compacted(entry.get());
        } else {
            number++;
            if (!follows && entry.isPresent()) {
                problems.add(
                        "line " + line + " does not follow the one before: lines were changed, taken out or put in");
            }
        }
        last = digest;
        isHeadSeen |= isHead(number, digest);
    }

    private Optional<Entry> entry(byte[] text) {
        try {
            return Optional.of(Entry.read(text));
        } catch (InputException none) {
            problems.add("line " + line + ": " + none.getMessage());
            return Optional.empty();
        }
    }

    /** It has the digest of the line before: the program may have been stopped before it kept that this one is the last. */
    private void compacted(Entry entry) {
        number = entry.number();
        kept.addAll(entry.kept());
        isHeadSeen |= Digest.parse(entry.previous())
                .filter(before -> isHead(number - 1, before))
                .isPresent();
    }

    private boolean isHead(long seen, Digest digest) {
        return head.filter(one -> one.number() == seen && one.digest().equals(digest))
                .isPresent();
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
