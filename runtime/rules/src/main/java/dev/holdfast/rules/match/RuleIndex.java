package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.HostFields;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Condition;
import java.util.Arrays;
import java.util.List;

/**
 * The conditions of one source, arranged such that an event is asked few of them.
 *
 * <p>First by type: for each type of event the conditions that can hold for it, each {@linkplain Specialisation specialised} for the type; of
 * opened files and of executions for each {@linkplain Event#aspect aspect}, too.
 * Then by process: the parts of a conjunction that read nothing but what stays the same while a process runs its image are asked once for a
 * process, and remembered as two bits in its {@link ProcessMemory}: conditions that cannot hold for the process are out in one operation.
 * Then by path: a condition that holds only for texts with certain {@linkplain PathKey beginnings or endings} is asked only when one walk through
 * a {@linkplain PrefixTrie trie} finds one of them; a field is not even read when no condition that is left has a key of it. Then by what they
 * share: a part that several conjunctions have is asked once, and when it does not hold they are all out. What remains is asked for each event.
 *
 * <p>Each step only leaves out conditions that cannot hold, so the answer is that of asking them all; a test compares the two over random
 * conditions and events. Sets of conditions are bits, counted by their place in the list of the type.
 */
public final class RuleIndex {
    private static final long[] NOTHING = {};

    /** Conditions that are found by the beginnings, or the endings, of one field. */
    record Keyed(int slot, PrefixTrie trie, long[] members) {}

    /** A part that all these conditions have. */
    record Shared(Predicate part, long[] members) {}

    /**
     * All conditions for one type of event, in order.
     *
     * @param number tells this from those of other types
     * @param numbers of the conditions
     * @param ofProcess what each asks about the process
     * @param rest what each asks besides
     * @param always those without a key
     * @param aboutProcess those that ask something about the process
     * @param memory where the memory of a process has its bits: which are known, then which may hold
     * @param canHoldOnHost whether any of them may hold for what the machine itself does
     */
    record OfType(
            int number,
            int[] numbers,
            Predicate[] ofProcess,
            Predicate[] rest,
            long[] always,
            long[] aboutProcess,
            Keyed[] keyed,
            Shared[] shared,
            int memory,
            boolean canHoldOnHost) {}

    /** For each type of event, by its number, what is asked, by the number of the aspect where there are such. */
    private final OfType[][] types;

    private final int arrangements;
    private final int memoryWords;

    RuleIndex(OfType[][] types, int arrangements, int memoryWords) {
        this.types = types;
        this.arrangements = arrangements;
        this.memoryWords = memoryWords;
    }

    /** Makes an index of conditions, which are known by their places in the list. */
    public static RuleIndex of(String source, FieldCatalogue catalogue, Slots slots, List<Condition> conditions)
            throws CompileException {
        return new IndexBuilder(source, catalogue, slots).build(conditions);
    }

    /**
     * What a matcher needs besides the index.
     *
     * @param matcher its number: it tells the memories of processes which matcher wrote them
     */
    public Scratch scratch(long matcher) {
        return new Scratch(matcher, arrangements);
    }

    /** What a matcher needs besides the index. Owned by one thread. */
    public static final class Scratch {
        private long[] allowed = new long[1];
        private long[] candidates = new long[1];
        /** The shared parts by type, in the order of this thread; empty until they are asked. */
        private final Shared[][] shared;
        /** Where the text lies that is looked at. */
        private final TextPlace place = new TextPlace();
        /** Which matcher asks: the memory of processes is for one only. */
        private final long matcher;

        private Scratch(long matcher, int types) {
            this.matcher = matcher;
            this.shared = new Shared[types][0];
        }

        private Shared[] shared(OfType type) {
            Shared[] own = shared[type.number];
            if (own.length < type.shared.length) {
                own = type.shared.clone();
                shared[type.number] = own;
            }
            return own;
        }

        private void makeRoom(int words) {
            if (candidates.length < words) {
                allowed = new long[words];
                candidates = new long[words];
            }
        }
    }

    /** Takes the numbers of conditions that hold, in order, as long as it wants more. */
    public interface Sink {
        boolean take(int number);
    }

    /** Finds the conditions that hold for the event that the extraction is at. */
    public void match(Event event, Extraction fields, Scratch scratch, Sink sink) {
        OfType type = of(event.type(), event.aspect());
        int words = type.always.length;
        if (words == 0) {
            return;
        }
        scratch.makeRoom(words);
        long[] bits = memory(event.process(), scratch.matcher);
        allow(type, bits, scratch.allowed);
        if (find(type, fields, scratch) && ask(scratch.shared(type), fields, scratch.candidates)) {
            tell(type, fields, bits, scratch.candidates, sink);
        }
    }

    private OfType of(EventType type, int aspect) {
        OfType[] byAspect = types[type.number()];
        return byAspect[byAspect.length == 1 ? OpenAspect.UNKNOWN : aspect];
    }

    /** Whether any condition can hold for an event of this type and aspect. */
    public boolean canHold(EventType type, int aspect) {
        return of(type, aspect).numbers.length > 0;
    }

    /** Whether any condition can hold for such an event of the machine itself, which is no container's; see {@link HostFields}. */
    public boolean canHoldOnHost(EventType type, int aspect) {
        return of(type, aspect).canHoldOnHost;
    }

    /** The bits of the process; none when nothing may be remembered. */
    private long[] memory(ProcessMemory memory, long matcher) {
        if (memory.isKnownTo(matcher)) {
            return memory.candidates();
        }
        if (memory.equals(ProcessMemory.NONE)) {
            return NOTHING;
        }
        long[] bits = memory.rewrite(matcher, memoryWords);
        Arrays.fill(bits, 0);
        return bits;
    }

    /** All that are not known to be impossible for the process. */
    private static void allow(OfType type, long[] bits, long[] allowed) {
        int words = type.always.length;
        if (bits.length == 0) {
            Arrays.fill(allowed, 0, words, -1);
            return;
        }
        int at = type.memory;
        for (int word = 0; word < words; word++) {
            allowed[word] = ~bits[at + word] | bits[at + words + word];
        }
    }

    /** Those that the texts of the event leave; false when there are none. */
    private static boolean find(OfType type, Extraction fields, Scratch scratch) {
        long[] candidates = scratch.candidates;
        int words = type.always.length;
        System.arraycopy(type.always, 0, candidates, 0, words);
        for (Keyed keyed : type.keyed) {
            if (meets(keyed.members, scratch.allowed)) {
                look(keyed, fields, scratch);
            }
        }
        long any = 0;
        for (int word = 0; word < words; word++) {
            candidates[word] &= scratch.allowed[word];
            any |= candidates[word];
        }
        return any != 0;
    }

    /** Adds those that the text of a field finds, by its bytes where they lie somewhere: then no text is made. */
    private static void look(Keyed keyed, Extraction fields, Scratch scratch) {
        if (fields.locate(keyed.slot, scratch.place) && keyed.trie.find(scratch.place, scratch.candidates)) {
            return;
        }
        Value value = fields.value(keyed.slot);
        if (!value.isAbsent()) {
            keyed.trie.find(ValueTest.text(value), scratch.candidates);
        }
    }

    /**
     * Takes out those whose shared parts do not hold; false when none is left. A part that takes some out moves forward by one place, so that
     * those that do it most often come to be asked first: the order changes nothing but the time it takes.
     */
    private static boolean ask(Shared[] parts, Extraction fields, long[] candidates) {
        for (int i = 0; i < parts.length; i++) {
            Shared shared = parts[i];
            if (meets(shared.members, candidates) && !shared.part.holds(fields)) {
                if (i > 0) {
                    parts[i] = parts[i - 1];
                    parts[i - 1] = shared;
                }
                long any = 0;
                for (int word = 0; word < shared.members.length; word++) {
                    candidates[word] &= ~shared.members[word];
                    any |= candidates[word];
                }
                if (any == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean meets(long[] some, long[] others) {
        for (int word = 0; word < some.length; word++) {
            if ((some[word] & others[word]) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void tell(OfType type, Extraction fields, long[] bits, long[] candidates, Sink sink) {
        for (int word = 0; word < type.always.length; word++) {
            long left = candidates[word];
            while (left != 0) {
                long bit = left & -left;
                int place = (word << 6) + Long.numberOfTrailingZeros(left);
                left ^= bit;
                boolean mayHold = (type.aboutProcess[word] & bit) == 0 || mayHold(type, place, fields, bits);
                if (mayHold && type.rest[place].holds(fields) && !sink.take(type.numbers[place])) {
                    return;
                }
            }
        }
    }

    /** Whether the part about the process holds, from memory when it is there. */
    private static boolean mayHold(OfType type, int place, Extraction fields, long[] bits) {
        if (bits.length == 0) {
            return type.ofProcess[place].holds(fields);
        }
        int known = type.memory + (place >> 6);
        int holds = known + type.always.length;
        long bit = 1L << place;
        if ((bits[known] & bit) == 0) {
            bits[known] |= bit;
            if (type.ofProcess[place].holds(fields)) {
                bits[holds] |= bit;
            }
        }
        return (bits[holds] & bit) != 0;
    }
}
