package dev.holdfast.rules;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.match.CompileException;
import dev.holdfast.rules.match.Extraction;
import dev.holdfast.rules.match.RuleIndex;
import dev.holdfast.rules.match.Slots;
import dev.holdfast.rules.syntax.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks rules about events. The engine is immutable and may be shared; each thread makes its own {@link Matcher}.
 */
public final class RuleEngine {
    /** How many of the rules that hold are told. */
    public enum Matching {
        /** Each one. */
        ALL,
        /** The first in the order of the files. */
        FIRST
    }

    private record OfSource(List<Rule> rules, RuleIndex index) {}

    private final Map<String, OfSource> sources;
    private final Slots slots;
    private final Matching matching;
    private final List<Rule> rules;

    private RuleEngine(Map<String, OfSource> sources, Slots slots, Matching matching, List<Rule> rules) {
        this.sources = sources;
        this.slots = slots;
        this.matching = matching;
        this.rules = List.copyOf(rules);
    }

    /** An engine for the rules that are selected. */
    public static RuleEngine of(RuleSet set, RuleSelection selection, Matching matching) {
        Map<String, List<Rule>> bySource = new LinkedHashMap<>();
        List<Rule> asked = new ArrayList<>();
        for (Rule rule : set.rules()) {
            if (selection.takes(rule)) {
                bySource.computeIfAbsent(rule.source(), any -> new ArrayList<>())
                        .add(rule);
                asked.add(rule);
            }
        }
        Slots slots = new Slots();
        Map<String, OfSource> sources = new LinkedHashMap<>();
        bySource.forEach((source, rules) -> {
            List<Condition> conditions = rules.stream().map(Rule::condition).toList();
            try {
                sources.put(source, new OfSource(rules, RuleIndex.of(source, set.catalogue(), slots, conditions)));
            } catch (CompileException wrong) {
                throw new IllegalStateException("a rule was loaded that does not compile", wrong);
            }
        });
        return new RuleEngine(sources, slots, matching, asked);
    }

    /** The rules that are asked, in order. */
    public List<Rule> rules() {
        return rules;
    }

    /** Whether any rule is for events of this source. */
    public boolean isFor(String source) {
        return sources.containsKey(source);
    }

    /** Whether any rule can hold for events of the kernel of this type and {@linkplain Event#aspect aspect}. */
    public boolean canHold(EventType type, int aspect) {
        OfSource ofKernel = sources.get(Event.SYSCALL);
        return ofKernel != null && ofKernel.index.canHold(type, aspect);
    }

    /** Whether any rule can hold for such an event of the machine itself, which is no container's. */
    public boolean canHoldOnHost(EventType type, int aspect) {
        OfSource ofKernel = sources.get(Event.SYSCALL);
        return ofKernel != null && ofKernel.index.canHoldOnHost(type, aspect);
    }

    /** A matcher for one thread. */
    public Matcher matcher() {
        return new Matcher(this);
    }

    /** What one thread needs to ask the rules. */
    public static final class Matcher {
        /** Tells the memories of processes which matcher wrote them; see {@link dev.holdfast.rules.event.ProcessMemory}. */
        private static final AtomicLong MATCHERS = new AtomicLong();

        private record OneSource(List<Rule> rules, RuleIndex index, RuleIndex.Scratch scratch) {}

        private final RuleEngine engine;
        private final Extraction fields;
        private final Map<String, OneSource> sources = new LinkedHashMap<>();
        private final RuleIndex.Sink sink = this::take;
        private List<Rule> matched = List.of();
        /** The source of the event before: it nearly always is that of the next one. */
        private String last = "";

        private @Nullable OneSource asked;

        private Matcher(RuleEngine engine) {
            this.engine = engine;
            this.fields = new Extraction(engine.slots);
            engine.sources.forEach((name, source) -> sources.put(
                    name, new OneSource(source.rules, source.index, source.index.scratch(MATCHERS.incrementAndGet()))));
        }

        /** The rules that hold for the event, in their order; nearly always none. */
        public List<Rule> match(Event event) {
            if (!event.source().equals(last)) {
                last = event.source();
                asked = sources.get(last);
            }
            OneSource source = asked;
            if (source == null) {
                return List.of();
            }
            matched = List.of();
            fields.begin(event);
            source.index.match(event, fields, source.scratch, sink);
            return matched;
        }

        private boolean take(int number) {
            if (matched.isEmpty()) {
                matched = new ArrayList<>();
            }
            if (asked != null) {
                matched.add(asked.rules.get(number));
            }
            return engine.matching == Matching.ALL;
        }
    }
}
