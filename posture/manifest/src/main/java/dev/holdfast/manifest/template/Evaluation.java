package dev.holdfast.manifest.template;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.template.Expressions.Bound;
import dev.holdfast.manifest.template.Expressions.Read;
import dev.holdfast.manifest.template.Piece.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one template, as Go's {@code text/template} does with {@code missingkey=zero}.
 *
 * <p>Here are its pieces: texts, actions, branches, other templates; {@link Expressions} has the values. While it runs it is noted which named
 * values each action values.reads, so that what the action writes can be traced to one.
 */
@SuppressWarnings("ReferenceEquality") // the two marks of absence are told by what they are
public final class Evaluation {
    /** How the pieces of a body ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final TemplateSet set;
    private final Budget budget;
    private final Provenance provenance;
    private final Definition definition;
    private final Source source;
    private final Sheet sheet;
    private final Expressions values;
    private Optional<Origin> condition = Optional.empty();

    private Evaluation(TemplateSet set, Definition definition, Budget budget, Provenance provenance) {
        this.set = set;
        this.definition = definition;
        this.source = definition.source();
        this.budget = budget;
        this.provenance = provenance;
        this.sheet = new Sheet(budget);
        this.values = new Expressions(this, set);
    }

    /** Runs the template of a name. */
    public static Written run(TemplateSet set, String name, @Nullable Object data, Budget budget, Provenance provenance)
            throws TemplateFault {
        return run(set, name, new Bound(data, Optional.empty()), budget, provenance)
                .finish();
    }

    private static Sheet run(TemplateSet set, String name, Bound data, Budget budget, Provenance provenance)
            throws TemplateFault {
        Definition definition = set.definition(name)
                .orElseThrow(() -> TemplateFault.of("no template \"" + name + "\" associated with template \"gotpl\""));
        Evaluation evaluation = new Evaluation(set, definition, budget, provenance);
        budget.enter();
        try {
            evaluation.whole(data);
        } catch (TemplateFault fault) {
            throw fault.in(evaluation.source.spot(evaluation.values.at));
        }
        budget.leave();
        return evaluation.sheet;
    }

    private void whole(Bound dot) throws TemplateFault {
        values.bind("$", dot, false);
        body(definition.body(), dot);
    }

    // what functions may ask for

    /** What another template of the set writes, as {@code include} gives it. */
    public String include(String name, @Nullable Object data) throws TemplateFault {
        Bound dot = new Bound(data, data == null ? Optional.empty() : provenance.of(data));
        return known(run(set, name, dot, budget, provenance).asIs());
    }

    /** What a text writes that is itself a template, as {@code tpl} gives it. */
    public String rendered(String text, @Nullable Object data) throws TemplateFault {
        if (!text.contains("{{")) {
            return text;
        }
        TemplateSet inner = set.copy();
        Optional<Trace> origins =
                provenance.trace(text).or(() -> provenance.of(text).map(origin -> Trace.whole(here(origin))));
        String name = source.name();
        try {
            inner.add(name, new Source(name, text, origins));
        } catch (TemplateFault fault) {
            throw new TemplateFault(
                    fault.kind(), "cannot parse template " + GoText.quoted(text) + ": " + fault.problem());
        }
        return known(run(inner, name, new Bound(data, Optional.empty()), budget, provenance)
                .finish());
    }

    private String known(Written written) {
        return written.trace()
                .map(trace -> provenance.traced(written.text(), trace))
                .orElse(written.text());
    }

    public Budget budget() {
        return budget;
    }

    public Provenance provenance() {
        return provenance;
    }

    /** The mark of what is being evaluated, which writes this value. */
    public Mark here(Origin origin) {
        return mark(Optional.of(origin));
    }

    private Mark mark(Optional<Origin> origin) {
        Mark mark = new Mark(source, values.at, false, origin, Optional.empty());
        if (source.origins().isPresent()) {
            Mark outer = source.origins().get().at(values.at);
            return origin.map(outer::withOrigin).orElse(outer);
        }
        return mark;
    }

    // pieces

    private Flow body(List<Piece> pieces, Bound dot) throws TemplateFault {
        int known = values.known();
        for (Piece piece : pieces) {
            budget.step();
            Flow flow = piece(piece, dot);
            if (flow != Flow.ON) {
                values.forget(known);
                return flow;
            }
        }
        values.forget(known);
        return Flow.ON;
    }

    private Flow piece(Piece piece, Bound dot) throws TemplateFault {
        values.at = piece.at();
        return switch (piece) {
            case Piece.Literal literal -> {
                literal(literal);
                yield Flow.ON;
            }
            case Piece.Action action -> {
                action(action, dot);
                yield Flow.ON;
            }
            case Branch branch -> branch.kind() == Branch.Kind.RANGE ? range(branch, dot) : choice(branch, dot);
            case Piece.Invocation invocation -> {
                invoke(invocation, dot);
                yield Flow.ON;
            }
            case Piece.Jump jump -> jump.isBreak() ? Flow.BREAK : Flow.CONTINUE;
        };
    }

    private void literal(Piece.Literal literal) throws TemplateFault {
        if (source.origins().isPresent()) {
            Trace.Builder piece = new Trace.Builder();
            int end = literal.at() + literal.text().length();
            piece.copy(0, source.origins().get(), literal.at(), end);
            sheet.write(literal.text(), piece.build());
            return;
        }
        sheet.write(literal.text(), new Mark(source, literal.at(), true, condition, Optional.empty()));
    }

    private void action(Piece.Action action, Bound dot) throws TemplateFault {
        List<Read> outer = values.reads;
        values.reads = new ArrayList<>();
        Object value = values.pipeline(action.pipe(), dot);
        if (action.pipe().variables().isEmpty()) {
            values.at = action.at();
            print(value);
        }
        values.reads = outer;
    }

    private void print(@Nullable Object value) throws TemplateFault {
        if (value instanceof String text && provenance.trace(text).isPresent()) {
            sheet.write(text, provenance.trace(text).get(), source, values.at, condition);
            return;
        }
        Optional<Origin> origin = (value == null ? Optional.<Origin>empty() : provenance.of(value))
                .or(() -> values.read(value))
                .or(() -> condition);
        String text = value == null || value == Values.NIL ? "<no value>" : text(value);
        sheet.write(text, mark(origin));
    }

    private static String text(Object value) {
        return value instanceof String text ? text : GoFormat.text(value);
    }

    private Flow choice(Branch branch, Bound dot) throws TemplateFault {
        List<Read> outerReads = values.reads;
        Optional<Origin> outerCondition = condition;
        values.reads = new ArrayList<>();
        int known = values.known();
        Object value = values.pipeline(branch.pipe(), dot);
        Optional<Origin> origin =
                value == null ? Optional.empty() : provenance.of(value).or(() -> values.read(value));
        if (!values.reads.isEmpty()) {
            condition = Optional.of(values.reads.getLast().origin().asCondition());
        }
        values.reads = outerReads;
        Flow flow;
        if (Values.isTrue(value)) {
            boolean isWith = branch.kind() == Branch.Kind.WITH;
            flow = body(branch.body(), isWith ? new Bound(value, origin) : dot);
        } else {
            flow = body(branch.otherwise(), dot);
        }
        condition = outerCondition;
        values.forget(known);
        return flow;
    }

    private Flow range(Branch branch, Bound dot) throws TemplateFault {
        List<Read> outerReads = values.reads;
        Optional<Origin> outerCondition = condition;
        values.reads = new ArrayList<>();
        int known = values.known();
        Object value = Values.plain(values.pipeline(branch.pipe(), dot));
        Optional<Origin> origin =
                value == null ? Optional.empty() : provenance.of(value).or(() -> values.read(value));
        condition = origin.map(Origin::asCondition).or(() -> outerCondition);
        values.reads = outerReads;
        Flow flow = iterate(branch, value, origin, dot);
        condition = outerCondition;
        values.forget(known);
        return flow;
    }

    private Flow iterate(Branch branch, @Nullable Object value, Optional<Origin> origin, Bound dot)
            throws TemplateFault {
        int count = 0;
        switch (value) {
            case null -> {}
            case List<?> list -> {
                for (Object element : new ArrayList<>(list)) {
                    int index = count++;
                    if (turn(branch, (long) index, element, origin.map(each -> each.element(index))) == Flow.BREAK) {
                        break;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Object key : new ArrayList<Object>(map.keySet())) {
                    count++;
                    String name = key.toString();
                    if (turn(branch, name, map.get(key), origin.map(each -> each.child(name))) == Flow.BREAK) {
                        break;
                    }
                }
            }
            case Long most -> {
                if (branch.pipe().variables().size() > 1) {
                    throw TemplateFault.of("can't use " + most + " to iterate over more than one variable");
                }
                for (; count < most; count++) {
                    if (turn(branch, null, (long) count, origin) == Flow.BREAK) {
                        count++;
                        break;
                    }
                }
            }
            case Sized most -> {
                if (branch.pipe().variables().size() > 1) {
                    throw TemplateFault.of("can't use " + most + " to iterate over more than one variable");
                }
                for (; count < most.value(); count++) {
                    if (turn(branch, null, new Sized(count, most.type()), origin) == Flow.BREAK) {
                        count++;
                        break;
                    }
                }
            }
            case FileGroup files -> {
                for (Map.Entry<String, Object> entry : files.contents().entrySet()) {
                    count++;
                    if (turn(branch, entry.getKey(), entry.getValue(), origin) == Flow.BREAK) {
                        break;
                    }
                }
            }
            case String _, Boolean _, Double _ -> throw TemplateFault.of("range can't iterate over " + text(value));
            default -> throw TemplateFault.of("range can't iterate over " + text(value));
        }
        return count == 0 ? body(branch.otherwise(), dot) : Flow.ON;
    }

    private Flow turn(Branch branch, @Nullable Object index, @Nullable Object element, Optional<Origin> origin)
            throws TemplateFault {
        budget.step();
        int known = values.known();
        List<String> names = branch.pipe().variables();
        Bound each = new Bound(element == null ? Values.NIL : element, origin);
        Bound position = new Bound(index, Optional.empty());
        if (names.size() == 1) {
            values.bind(names.getFirst(), each, branch.pipe().isAssignment());
        } else if (names.size() == 2) {
            values.bind(names.getFirst(), position, branch.pipe().isAssignment());
            values.bind(names.getLast(), each, branch.pipe().isAssignment());
        }
        Flow flow = body(branch.body(), each);
        values.forget(known);
        return flow;
    }

    private void invoke(Piece.Invocation invocation, Bound dot) throws TemplateFault {
        List<Read> outer = values.reads;
        values.reads = new ArrayList<>();
        Bound data = new Bound(null, Optional.empty());
        if (invocation.pipe().isPresent()) {
            Object value = values.pipeline(invocation.pipe().get(), dot);
            data = new Bound(value, value == null ? Optional.empty() : provenance.of(value));
        }
        values.at = invocation.at();
        if (set.definition(invocation.name()).isEmpty()) {
            throw TemplateFault.of("template \"" + invocation.name() + "\" not defined");
        }
        Written written = run(set, invocation.name(), data, budget, provenance).asIs();
        if (written.trace().isPresent()) {
            sheet.write(written.text(), written.trace().get(), source, values.at, condition);
        }
        values.reads = outer;
    }
}
