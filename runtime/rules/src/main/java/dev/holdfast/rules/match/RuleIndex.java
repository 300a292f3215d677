package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Right;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of one source, arranged such that an event is asked few of them.
 *
 * <p>First by type: for each type of event the conditions that can hold for it, each {@linkplain Specialisation specialised} for the type.
 * Then by path: a condition that holds only for texts with certain {@linkplain PathKey beginnings or endings} is asked only when one walk through a
 * {@linkplain PrefixTrie trie} finds one of them. Then by process: the parts of a conjunction that read nothing but what stays the same while
 * a process runs its image are asked once for a process, and remembered as two bits in its {@link ProcessMemory}. What remains is asked for
 * each event. Each step only leaves out conditions that cannot hold, so the answer is that of asking them all; a test compares the two over
 * random conditions and events.
 */
public final class RuleIndex {
    /** A condition for one type: what is known per process, and what is to be asked for each event. */
    private record Entry(int number, int processPart, Predicate ofProcess, Predicate rest) {}

    /** Conditions that are found by the beginnings, or the endings, of one field. */
    private record Keyed(int slot, PrefixTrie trie) {}

    /** All conditions for one type of event, in order; {@code always} are those without a key. */
    private record OfType(Entry[] entries, long[] always, Keyed[] keyed) {}

    private static final int NO_PROCESS_PART = -1;

    private final OfType[] types;
    private final int processWords;

    private RuleIndex(OfType[] types, int processParts) {
        this.types = types;
        this.processWords = (processParts + 63) >> 6;
    }

    /** Makes an index of conditions, which are known by their places in the list. */
    public static RuleIndex of(String source, FieldCatalogue catalogue, Slots slots, List<Condition> conditions)
            throws CompileException {
        return new Building(source, catalogue, slots).build(conditions);
    }

    /** What a matcher needs besides the index. Owned by one thread. */
    public static final class Scratch {
        private long[] candidates = new long[1];
        /** Which matcher asks: the memory of processes is for one only. */
        private final long matcher;

        public Scratch(long matcher) {
            this.matcher = matcher;
        }
    }

    /** Takes the numbers of conditions that hold, in order, as long as it wants more. */
    public interface Sink {
        boolean take(int number);
    }

    /** Finds the conditions that hold for the event that the extraction is at. */
    public void match(Event event, Extraction fields, Scratch scratch, Sink sink) {
        OfType type = types[event.type().number()];
        int words = type.always.length;
        if (words == 0) {
            return;
        }
        long[] candidates = candidates(type, fields, scratch);
        ProcessMemory memory = event.process();
        for (int word = 0; word < words; word++) {
            long bits = candidates[word];
            while (bits != 0) {
                int place = (word << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                Entry entry = type.entries[place];
                if (mayHold(entry, memory, fields, scratch.matcher)
                        && entry.rest.holds(fields)
                        && !sink.take(entry.number)) {
                    return;
                }
            }
        }
    }

    private static long[] candidates(OfType type, Extraction fields, Scratch scratch) {
        int words = type.always.length;
        if (scratch.candidates.length < words) {
            scratch.candidates = new long[words];
        }
        long[] candidates = scratch.candidates;
        System.arraycopy(type.always, 0, candidates, 0, words);
        for (Keyed keyed : type.keyed) {
            Value value = fields.value(keyed.slot);
            if (!value.isAbsent()) {
                keyed.trie.find(ValueTest.text(value), candidates);
            }
        }
        return candidates;
    }

    /** Whether the part about the process holds, from memory when it is there. */
    private boolean mayHold(Entry entry, ProcessMemory memory, Extraction fields, long matcher) {
        if (entry.processPart == NO_PROCESS_PART) {
            return true;
        }
        if (memory.equals(ProcessMemory.NONE)) {
            return entry.ofProcess.holds(fields);
        }
        long[] bits = memory.candidates();
        if (!memory.isKnownTo(matcher)) {
            bits = memory.rewrite(matcher, 2 * processWords);
            Arrays.fill(bits, 0);
        }
        int word = entry.processPart >> 6;
        long bit = 1L << entry.processPart;
        if ((bits[word] & bit) == 0) {
            bits[word] |= bit;
            if (entry.ofProcess.holds(fields)) {
                bits[processWords + word] |= bit;
            }
        }
        return (bits[processWords + word] & bit) != 0;
    }

    /** An index while it is made. */
    private static final class Building {
        private final String source;
        private final FieldCatalogue catalogue;
        private final Slots slots;
        private final ConditionCompiler compiler;
        /** For each condition by object: what is left of it for one type is often left for others, too. */
        private final List<IdentityHashMap<Condition, Entry>> known = new ArrayList<>();

        private int processParts;

        private Building(String source, FieldCatalogue catalogue, Slots slots) {
            this.source = source;
            this.catalogue = catalogue;
            this.slots = slots;
            this.compiler = new ConditionCompiler(new OperandCompiler(catalogue, source, slots));
        }

        private RuleIndex build(List<Condition> conditions) throws CompileException {
            List<Condition[]> specialised = new ArrayList<>();
            for (Condition condition : conditions) {
                specialised.add(Specialisation.all(condition));
                known.add(new IdentityHashMap<>());
            }
            OfType[] types = new OfType[EventType.all().size()];
            Map<List<Entry>, OfType> arranged = new HashMap<>();
            for (EventType type : EventType.all()) {
                List<Condition> left = new ArrayList<>();
                List<Entry> entries = ofType(type, specialised, left);
                OfType known = arranged.get(entries);
                if (known == null) {
                    known = arranged(entries.toArray(new Entry[0]), left);
                    arranged.put(entries, known);
                }
                types[type.number()] = known;
            }
            return new RuleIndex(types, processParts);
        }

        /** The entries for a type, and what is left of their conditions. */
        private List<Entry> ofType(EventType type, List<Condition[]> specialised, List<Condition> conditions)
                throws CompileException {
            List<Entry> entries = new ArrayList<>();
            for (int number = 0; number < specialised.size(); number++) {
                Condition condition = specialised.get(number)[type.number()];
                if (!Specialisation.isFalse(condition)) {
                    Entry entry = known.get(number).get(condition);
                    if (entry == null) {
                        entry = entry(number, condition);
                        known.get(number).put(condition, entry);
                    }
                    entries.add(entry);
                    conditions.add(condition);
                }
            }
            return entries;
        }

        private Entry entry(int number, Condition condition) throws CompileException {
            List<Condition> ofProcess = new ArrayList<>();
            List<Condition> rest = new ArrayList<>();
            List<Condition> parts = condition instanceof Condition.And and ? and.parts() : List.of(condition);
            for (Condition part : parts) {
                (isOfProcess(part) ? ofProcess : rest).add(part);
            }
            // what is about paths says no most often, so it is asked first
            rest.sort(Comparator.comparing(
                    (Condition part) -> PathKey.of(part, this::use).isEmpty()));
            return new Entry(
                    number,
                    ofProcess.isEmpty() ? NO_PROCESS_PART : processParts++,
                    compiler.compile(new Condition.And(ofProcess, 0)),
                    compiler.compile(new Condition.And(rest, 0)));
        }

        private boolean isOfProcess(Condition condition) {
            return switch (condition) {
                case Condition.And and -> and.parts().stream().allMatch(this::isOfProcess);
                case Condition.Or or -> or.parts().stream().allMatch(this::isOfProcess);
                case Condition.Not not -> isOfProcess(not.part());
                case Condition.Macro macro -> isOfProcess(macro.body());
                case Condition.MacroName name -> false;
                case Condition.Exists exists -> isOfProcess(exists.left());
                case Condition.Comparison comparison ->
                    isOfProcess(comparison.left())
                            && (!(comparison.right() instanceof Right.Computed computed)
                                    || isOfProcess(computed.operand()));
            };
        }

        private boolean isOfProcess(Operand operand) {
            return switch (operand) {
                case Operand.Named named ->
                    use(named).filter(use -> use.field().isOfProcess()).isPresent();
                case Operand.Transformed transformed ->
                    transformed.arguments().stream().allMatch(this::isOfProcess);
                case Operand.Constant constant -> true;
            };
        }

        private Optional<FieldUse> use(Operand.Named named) {
            return OperandCompiler.use(catalogue, source, named);
        }

        private OfType arranged(Entry[] entries, List<Condition> conditions) {
            int words = (entries.length + 63) >> 6;
            long[] always = new long[words];
            Map<Integer, PrefixTrie> beginnings = new LinkedHashMap<>();
            Map<Integer, PrefixTrie> endings = new LinkedHashMap<>();
            for (int place = 0; place < entries.length; place++) {
                Optional<PathKey> key = PathKey.of(conditions.get(place), this::use);
                if (key.isEmpty()) {
                    always[place >> 6] |= 1L << place;
                    continue;
                }
                for (PathKey.Part part : key.get().parts()) {
                    boolean isEnding = part.end() == PathKey.End.ENDING;
                    (isEnding ? endings : beginnings)
                            .computeIfAbsent(slots.of(part.use()), any -> new PrefixTrie(words, isEnding))
                            .add(part.text(), part.end() == PathKey.End.WHOLE, place);
                }
            }
            List<Keyed> keyed = new ArrayList<>();
            beginnings.forEach((slot, trie) -> keyed.add(new Keyed(slot, trie)));
            endings.forEach((slot, trie) -> keyed.add(new Keyed(slot, trie)));
            return new OfType(entries, always, keyed.toArray(new Keyed[0]));
        }
    }
}
