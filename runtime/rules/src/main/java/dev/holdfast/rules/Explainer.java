package dev.holdfast.rules;

import dev.holdfast.rules.Explanation.Kind;
import dev.holdfast.rules.Explanation.Step;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.match.CompileException;
import dev.holdfast.rules.match.ConditionCompiler;
import dev.holdfast.rules.match.Extraction;
import dev.holdfast.rules.match.OperandCompiler;
import dev.holdfast.rules.match.Predicate;
import dev.holdfast.rules.match.Slots;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a rule about an event part by part. */
public final class Explainer {
    private final FieldCatalogue catalogue;

    public Explainer(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Why the rule holds for the event, or does not. */
    public Explanation explain(Rule rule, Event event) {
        try {
            Step whole = new Asking(rule.source(), event).step(rule.condition());
            boolean isSourceRight = rule.source().equals(event.source());
            return new Explanation(rule, whole.holds() && isSourceRight, isSourceRight, whole);
        } catch (CompileException wrong) {
            throw new IllegalStateException("a rule was loaded that does not compile", wrong);
        }
    }

    /** One event that is asked about. */
    private final class Asking {
        private final Slots slots = new Slots();
        private final OperandCompiler operands;
        private final ConditionCompiler compiler;
        private final Event event;

        private Asking(String source, Event event) {
            this.operands = new OperandCompiler(catalogue, source, slots);
            this.compiler = new ConditionCompiler(operands);
            this.event = event;
        }

        private Step step(Condition condition) throws CompileException {
            return switch (condition) {
                case Condition.And and -> several(condition, Kind.AND, and.parts());
                case Condition.Or or -> several(condition, Kind.OR, or.parts());
                case Condition.Not not -> {
                    Step part = step(not.part());
                    yield new Step(condition.written(), Kind.NOT, !part.holds(), Optional.empty(), List.of(part));
                }
                case Condition.Macro macro -> {
                    Step body = step(macro.body());
                    yield new Step(macro.name(), Kind.MACRO, body.holds(), Optional.empty(), List.of(body));
                }
                case Condition.MacroName name -> throw new IllegalArgumentException("not resolved: " + name.name());
                case Condition.Exists exists -> check(condition, exists.left());
                case Condition.Comparison comparison -> check(condition, comparison.left());
            };
        }

        private Step several(Condition condition, Kind kind, List<Condition> conditions) throws CompileException {
            List<Step> parts = new ArrayList<>();
            boolean holds = kind == Kind.AND;
            for (Condition part : conditions) {
                Step step = step(part);
                parts.add(step);
                holds = kind == Kind.AND ? holds && step.holds() : holds || step.holds();
            }
            return new Step(condition.written(), kind, holds, Optional.empty(), parts);
        }

        private Step check(Condition condition, Operand left) throws CompileException {
            int slot = operands.printed(left);
            Predicate predicate = compiler.compile(condition);
            Extraction fields = new Extraction(slots);
            fields.begin(event);
            return new Step(
                    condition.written(),
                    Kind.CHECK,
                    predicate.holds(fields),
                    Optional.of(fields.value(slot).toString()),
                    List.of());
        }
    }
}
