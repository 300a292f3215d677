package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Right;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an index: finds out for each type of event which conditions are left, and what they have in common. */
final class IndexBuilder {
    /** A condition for one type: what is known per process, and what is to be asked for each event. */
    private static final class Entry { // no record: two are the same only when they are one object
        private final int number;
        private final Condition condition;
        private final List<Condition> ofProcess;
        private final List<Condition> rest;
        private final boolean canHoldOnHost;

        private Entry(
                int number,
                Condition condition,
                List<Condition> ofProcess,
                List<Condition> rest,
                boolean canHoldOnHost) {
            this.canHoldOnHost = canHoldOnHost;
            this.number = number;
            this.condition = condition;
            this.ofProcess = ofProcess;
            this.rest = rest;
        }
    }

    /** A part of more parts is hardly in two conditions, and long to compare. */
    private static final int MOST_SHARED = 100;

    private final String source;
    private final FieldCatalogue catalogue;
    private final Slots slots;
    private final ConditionCompiler compiler;
    /** For each condition by object: what is left of it for one type is often left for others, too. */
    private final List<IdentityHashMap<Condition, Entry>> known = new ArrayList<>();

    /** Parts by object, too: each is compiled and written once. */
    private final IdentityHashMap<Condition, Predicate> predicates = new IdentityHashMap<>();

    private final IdentityHashMap<Condition, String> texts = new IdentityHashMap<>();
    private final HostFacts hostFacts;
    private int memoryWords;
    private int arrangements;

    IndexBuilder(String source, FieldCatalogue catalogue, Slots slots) {
        this.source = source;
        this.catalogue = catalogue;
        this.slots = slots;
        this.hostFacts = new HostFacts(catalogue);
        this.compiler = new ConditionCompiler(new OperandCompiler(catalogue, source, slots));
    }

    RuleIndex build(List<Condition> conditions) throws CompileException {
        List<Condition[][]> specialised = new ArrayList<>();
        AspectFacts facts = new AspectFacts(catalogue);
        for (Condition condition : conditions) {
            specialised.add(
                    source.equals(Event.SYSCALL)
                            ? Specialisation.all(condition, facts)
                            : Specialisation.byType(condition));
            known.add(new IdentityHashMap<>());
        }
        RuleIndex.OfType[][] types = new RuleIndex.OfType[EventType.all().size()][];
        Map<List<Entry>, RuleIndex.OfType> arranged = new HashMap<>();
        for (EventType type : EventType.all()) {
            types[type.number()] = new RuleIndex.OfType[aspects(type)];
            for (int aspect = 0; aspect < types[type.number()].length; aspect++) {
                List<Entry> entries = ofType(type, aspect, specialised);
                RuleIndex.OfType known = arranged.get(entries);
                if (known == null) {
                    known = arranged(entries);
                    arranged.put(entries, known);
                }
                types[type.number()][aspect] = known;
            }
        }
        return new RuleIndex(types, arrangements, memoryWords);
    }

    private int aspects(EventType type) {
        if (!source.equals(Event.SYSCALL)) {
            return 1;
        }
        return OpenAspect.isOf(type) ? OpenAspect.COUNT : ExecutionAspect.isOf(type) ? ExecutionAspect.COUNT : 1;
    }

    private List<Entry> ofType(EventType type, int aspect, List<Condition[][]> specialised) {
        List<Entry> entries = new ArrayList<>();
        for (int number = 0; number < specialised.size(); number++) {
            Condition[] byAspect = specialised.get(number)[type.number()];
            Condition condition = byAspect[byAspect.length == 1 ? OpenAspect.UNKNOWN : aspect];
            if (!Specialisation.isFalse(condition)) {
                Entry entry = known.get(number).get(condition);
                if (entry == null) {
                    entry = entry(number, condition);
                    known.get(number).put(condition, entry);
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    private Entry entry(int number, Condition condition) {
        List<Condition> ofProcess = new ArrayList<>();
        List<Condition> rest = new ArrayList<>();
        List<Condition> parts = condition instanceof Condition.And and ? and.parts() : List.of(condition);
        for (Condition part : parts) {
            (isOfProcess(part) ? ofProcess : rest).add(part);
        }
        // what is short is asked first: it says no as often as what is long
        rest.sort(Comparator.comparingInt(Specialisation::size));
        return new Entry(number, condition, ofProcess, rest, hostFacts.canHold(condition));
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
            case Operand.Several several -> several.elements().stream().allMatch(this::isOfProcess);
            case Operand.Constant constant -> true;
        };
    }

    private Optional<FieldUse> use(Operand.Named named) {
        return OperandCompiler.use(catalogue, source, named);
    }

    private RuleIndex.OfType arranged(List<Entry> entries) throws CompileException {
        int words = (entries.size() + 63) >> 6;
        long[] always = new long[words];
        long[] aboutProcess = new long[words];
        int[] numbers = new int[entries.size()];
        Predicate[] ofProcess = new Predicate[entries.size()];
        Predicate[] rest = new Predicate[entries.size()];
        Map<String, Sharing> shared = shared(entries, words);
        Tries tries = new Tries(words);
        for (int place = 0; place < numbers.length; place++) {
            Entry entry = entries.get(place);
            numbers[place] = entry.number;
            ofProcess[place] = all(entry.ofProcess);
            rest[place] = all(
                    entry.rest.stream().filter(part -> !isShared(part, shared)).toList());
            if (!entry.ofProcess.isEmpty()) {
                aboutProcess[place >> 6] |= 1L << place;
            }
            Optional<PathKey> key = PathKey.of(entry.condition, this::use);
            if (key.isEmpty()) {
                always[place >> 6] |= 1L << place;
            } else {
                tries.add(key.get(), place);
            }
        }
        int memory = memoryWords;
        memoryWords += 2 * words;
        return new RuleIndex.OfType(
                arrangements++,
                numbers,
                ofProcess,
                rest,
                always,
                aboutProcess,
                tries.keyed(),
                compiled(shared),
                memory,
                entries.stream().anyMatch(entry -> entry.canHoldOnHost));
    }

    /** The parts that more than one condition asks for each event, by what is written, which tells them apart. */
    private Map<String, Sharing> shared(List<Entry> entries, int words) {
        Map<String, Sharing> all = new LinkedHashMap<>();
        for (int place = 0; place < entries.size(); place++) {
            for (Condition part : entries.get(place).rest) {
                if (entries.size() > 1 && Specialisation.size(part) <= MOST_SHARED && !hasMacro(part)) {
                    all.computeIfAbsent(text(part), any -> new Sharing(part, new long[words]))
                            .add(place);
                }
            }
        }
        all.values().removeIf(sharing -> sharing.count() < 2);
        return all;
    }

    /** What is shared by most comes first: it takes out most. */
    private RuleIndex.Shared[] compiled(Map<String, Sharing> shared) throws CompileException {
        List<Sharing> ordered = new ArrayList<>(shared.values());
        ordered.sort(Comparator.comparingInt(Sharing::count).reversed());
        RuleIndex.Shared[] compiled = new RuleIndex.Shared[ordered.size()];
        for (int i = 0; i < compiled.length; i++) {
            Sharing sharing = ordered.get(i);
            compiled[i] = new RuleIndex.Shared(predicate(sharing.part), sharing.members);
        }
        return compiled;
    }

    private Predicate all(List<Condition> parts) throws CompileException {
        Predicate[] compiled = new Predicate[parts.size()];
        for (int i = 0; i < compiled.length; i++) {
            compiled[i] = predicate(parts.get(i));
        }
        return new Predicate.All(compiled);
    }

    private Predicate predicate(Condition part) throws CompileException {
        Predicate known = predicates.get(part);
        if (known == null) {
            known = compiler.compile(part);
            predicates.put(part, known);
        }
        return known;
    }

    private boolean isShared(Condition part, Map<String, Sharing> shared) {
        return !shared.isEmpty() && Specialisation.size(part) <= MOST_SHARED && shared.containsKey(text(part));
    }

    private String text(Condition part) {
        return texts.computeIfAbsent(part, Condition::written);
    }

    /** A macro is written as its name, which says too little. */
    private static boolean hasMacro(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.parts().stream().anyMatch(IndexBuilder::hasMacro);
            case Condition.Or or -> or.parts().stream().anyMatch(IndexBuilder::hasMacro);
            case Condition.Not not -> hasMacro(not.part());
            case Condition.Macro macro -> true;
            case Condition.MacroName name -> true;
            case Condition.Exists exists -> false;
            case Condition.Comparison comparison -> false;
        };
    }

    /** A part, and who has it. */
    private record Sharing(Condition part, long[] members) {
        private void add(int place) {
            members[place >> 6] |= 1L << place;
        }

        private int count() {
            int count = 0;
            for (long word : members) {
                count += Long.bitCount(word);
            }
            return count;
        }
    }

    /** The tries of one type, by the field that they look at. */
    private final class Tries {
        private final int words;
        private final Map<Integer, RuleIndex.Keyed> beginnings = new LinkedHashMap<>();
        private final Map<Integer, RuleIndex.Keyed> endings = new LinkedHashMap<>();

        private Tries(int words) {
            this.words = words;
        }

        private void add(PathKey key, int place) {
            for (PathKey.Part part : key.parts()) {
                boolean isEnding = part.end() == PathKey.End.ENDING;
                RuleIndex.Keyed keyed = (isEnding ? endings : beginnings)
                        .computeIfAbsent(
                                slots.of(part.use()),
                                slot -> new RuleIndex.Keyed(slot, new PrefixTrie(words, isEnding), new long[words]));
                keyed.trie().add(part.text(), part.end() == PathKey.End.WHOLE, place);
                keyed.members()[place >> 6] |= 1L << place;
            }
        }

        private RuleIndex.Keyed[] keyed() {
            List<RuleIndex.Keyed> keyed = new ArrayList<>(beginnings.values());
            keyed.addAll(endings.values());
            return keyed.toArray(new RuleIndex.Keyed[0]);
        }
    }
}
