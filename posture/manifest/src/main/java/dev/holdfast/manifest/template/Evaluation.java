package dev.holdfast.manifest.template;

import dev.holdfast.manifest.template.Piece.Branch;
import dev.holdfast.manifest.template.Piece.Command;
import dev.holdfast.manifest.template.Piece.Operand;
import dev.holdfast.manifest.template.Piece.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one template, as Go's {@code text/template} does with {@code missingkey=zero}.
 *
 * <p>There are three ways to be absent: {@link Values#NIL} is a nil in a field, of which no field can be asked; null is no value at all, of
 * which every field is null again (so {@code (.a).b} is safe where {@code .a.b} is not); {@link #MISSING} means that a command is not fed by
 * another one. While it runs it notes which named values each action reads, so that what the action writes can be traced to one.
 */
@SuppressWarnings("ReferenceEquality") // the two marks of absence are told by what they are
public final class Evaluation {
    private static final Object MISSING = new Object();

    /** How the pieces of a body ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** A value with the named value that it is, where that is known. */
    private record Bound(@Nullable Object value, Optional<Origin> origin) {}

    /** A variable. */
    private static final class Binding {
        private final String name;
        private Bound bound;

        Binding(String name, Bound bound) {
            this.name = name;
            this.bound = bound;
        }
    }

    /** A named value that an action looked at. */
    private record Read(Origin origin, @Nullable Object value) {}

    private final TemplateSet set;
    private final Budget budget;
    private final Provenance provenance;
    private final Definition definition;
    private final Source source;
    private final Sheet sheet;
    private final List<Binding> variables = new ArrayList<>();
    private List<Read> reads = new ArrayList<>();
    private Optional<Origin> condition = Optional.empty();
    private int at;

    private Evaluation(TemplateSet set, Definition definition, Budget budget, Provenance provenance) {
        this.set = set;
        this.definition = definition;
        this.source = definition.source();
        this.budget = budget;
        this.provenance = provenance;
        this.sheet = new Sheet(budget);
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
            throw fault.in(evaluation.source.spot(evaluation.at));
        }
        budget.leave();
        return evaluation.sheet;
    }

    private void whole(Bound dot) throws TemplateFault {
        variables.add(new Binding("$", dot));
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
                    fault.kind(), "cannot parse template " + Quoting.quoted(text) + ": " + fault.problem());
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
        Mark mark = new Mark(source, at, false, origin, Optional.empty());
        if (source.origins().isPresent()) {
            Mark outer = source.origins().get().at(at);
            return origin.map(outer::withOrigin).orElse(outer);
        }
        return mark;
    }

    // pieces

    private Flow body(List<Piece> pieces, Bound dot) throws TemplateFault {
        int known = variables.size();
        for (Piece piece : pieces) {
            budget.step();
            Flow flow = piece(piece, dot);
            if (flow != Flow.ON) {
                forget(known);
                return flow;
            }
        }
        forget(known);
        return Flow.ON;
    }

    private void forget(int known) {
        while (variables.size() > known) {
            variables.removeLast();
        }
    }

    private Flow piece(Piece piece, Bound dot) throws TemplateFault {
        at = piece.at();
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
        List<Read> outer = reads;
        reads = new ArrayList<>();
        Object value = pipeline(action.pipe(), dot);
        if (action.pipe().variables().isEmpty()) {
            at = action.at();
            print(value);
        }
        reads = outer;
    }

    private void print(@Nullable Object value) throws TemplateFault {
        if (value instanceof String text && provenance.trace(text).isPresent()) {
            sheet.write(text, provenance.trace(text).get(), source, at, condition);
            return;
        }
        Optional<Origin> origin = (value == null ? Optional.<Origin>empty() : provenance.of(value))
                .or(() -> read(value))
                .or(() -> condition);
        String text = value == null || value == Values.NIL ? "<no value>" : text(value);
        sheet.write(text, mark(origin));
    }

    private static String text(Object value) {
        return value instanceof String text ? text : GoFormat.text(value);
    }

    /** The named value that the current action made this of: one that is equal, else the first it looked at. */
    private Optional<Origin> read(@Nullable Object value) {
        Object plain = Values.plain(value);
        for (Read read : reads) {
            if (plain == null ? Values.plain(read.value()) == null : plain.equals(read.value())) {
                return Optional.of(read.origin());
            }
        }
        return reads.isEmpty() ? Optional.empty() : Optional.of(reads.getFirst().origin());
    }

    private Flow choice(Branch branch, Bound dot) throws TemplateFault {
        List<Read> outerReads = reads;
        Optional<Origin> outerCondition = condition;
        reads = new ArrayList<>();
        int known = variables.size();
        Object value = pipeline(branch.pipe(), dot);
        Optional<Origin> origin =
                value == null ? Optional.empty() : provenance.of(value).or(() -> read(value));
        if (!reads.isEmpty()) {
            condition = Optional.of(reads.getLast().origin().asCondition());
        }
        reads = outerReads;
        Flow flow;
        if (Values.isTrue(value)) {
            boolean isWith = branch.kind() == Branch.Kind.WITH;
            flow = body(branch.body(), isWith ? new Bound(value, origin) : dot);
        } else {
            flow = body(branch.otherwise(), dot);
        }
        condition = outerCondition;
        forget(known);
        return flow;
    }

    private Flow range(Branch branch, Bound dot) throws TemplateFault {
        List<Read> outerReads = reads;
        Optional<Origin> outerCondition = condition;
        reads = new ArrayList<>();
        int known = variables.size();
        Object value = Values.plain(pipeline(branch.pipe(), dot));
        Optional<Origin> origin =
                value == null ? Optional.empty() : provenance.of(value).or(() -> read(value));
        condition = origin.map(Origin::asCondition).or(() -> outerCondition);
        reads = outerReads;
        Flow flow = iterate(branch, value, origin, dot);
        condition = outerCondition;
        forget(known);
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
        int known = variables.size();
        List<String> names = branch.pipe().variables();
        Bound each = new Bound(element == null ? Values.NIL : element, origin);
        Bound position = new Bound(index, Optional.empty());
        if (names.size() == 1) {
            bind(names.getFirst(), each, branch.pipe().isAssignment());
        } else if (names.size() == 2) {
            bind(names.getFirst(), position, branch.pipe().isAssignment());
            bind(names.getLast(), each, branch.pipe().isAssignment());
        }
        Flow flow = body(branch.body(), each);
        forget(known);
        return flow;
    }

    private void bind(String name, Bound bound, boolean isAssignment) throws TemplateFault {
        if (isAssignment) {
            variable(name).bound = bound;
        } else {
            variables.add(new Binding(name, bound));
        }
    }

    private Binding variable(String name) throws TemplateFault {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name.equals(name)) {
                return variables.get(i);
            }
        }
        throw TemplateFault.of("undefined variable: " + name);
    }

    private void invoke(Piece.Invocation invocation, Bound dot) throws TemplateFault {
        List<Read> outer = reads;
        reads = new ArrayList<>();
        Bound data = new Bound(null, Optional.empty());
        if (invocation.pipe().isPresent()) {
            Object value = pipeline(invocation.pipe().get(), dot);
            data = new Bound(value, value == null ? Optional.empty() : provenance.of(value));
        }
        at = invocation.at();
        if (set.definition(invocation.name()).isEmpty()) {
            throw TemplateFault.of("template \"" + invocation.name() + "\" not defined");
        }
        Written written = run(set, invocation.name(), data, budget, provenance).asIs();
        if (written.trace().isPresent()) {
            sheet.write(written.text(), written.trace().get(), source, at, condition);
        }
        reads = outer;
    }

    // values

    /** The value of a pipeline; sets its variables. Never {@link Values#NIL}. */
    private @Nullable Object pipeline(Pipe pipe, Bound dot) throws TemplateFault {
        Object value = MISSING;
        for (Command command : pipe.commands()) {
            budget.step();
            value = Values.plain(command(command, dot, value));
        }
        if (!pipe.variables().isEmpty()) {
            Object result = value;
            Optional<Origin> origin = result == null
                    ? Optional.empty()
                    : provenance.of(result).or(() -> isSimple(result) ? read(result) : Optional.empty());
            for (String variable : pipe.variables()) {
                bind(variable, new Bound(value, origin), pipe.isAssignment());
            }
        }
        return value;
    }

    private static boolean isSimple(Object value) {
        return value instanceof Boolean || value instanceof Double || Values.isWhole(value);
    }

    private @Nullable Object command(Command command, Bound dot, @Nullable Object fed) throws TemplateFault {
        Operand first = command.operands().getFirst();
        at = first.at();
        List<Operand> arguments =
                command.operands().subList(1, command.operands().size());
        return switch (first) {
            case Piece.Field field -> field(field, dot, arguments, fed);
            case Piece.Chain chain -> path(start(chain, dot), chain.path(), dot, arguments, fed);
            case Piece.Identifier function -> function(function, arguments, dot, fed);
            case Piece.Variable variable -> variable(variable, dot, arguments, fed);
            case Pipe pipe -> {
                refuseArguments(arguments, fed, "a pipeline");
                yield pipeline(pipe, dot);
            }
            case Piece.Nil _ -> throw TemplateFault.of("nil is not a command");
            case Piece.Bool bool -> {
                refuseArguments(arguments, fed, String.valueOf(bool.value()));
                yield bool.value();
            }
            case Piece.Dot _ -> {
                refuseArguments(arguments, fed, ".");
                yield looked(dot);
            }
            case Piece.Numeral number -> {
                refuseArguments(arguments, fed, "a number");
                yield ideal(number);
            }
            case Piece.Text text -> {
                refuseArguments(arguments, fed, Quoting.quoted(text.value()));
                yield text.value();
            }
        };
    }

    private static void refuseArguments(List<Operand> arguments, @Nullable Object fed, String what)
            throws TemplateFault {
        if (!arguments.isEmpty() || fed != MISSING) {
            throw TemplateFault.of("can't give argument to non-function " + what);
        }
    }

    private @Nullable Object looked(Bound bound) {
        bound.origin().ifPresent(origin -> reads.add(new Read(origin, bound.value())));
        return bound.value();
    }

    private static Object ideal(Piece.Numeral number) throws TemplateFault {
        if (number.isDecimal()) {
            return number.decimal();
        }
        return number.whole().orElseThrow(() -> TemplateFault.of("number overflows int"));
    }

    private @Nullable Object field(Piece.Field field, Bound dot, List<Operand> arguments, @Nullable Object fed)
            throws TemplateFault {
        return path(dot.value(), field.path(), dot, arguments, fed);
    }

    private @Nullable Object start(Piece.Chain chain, Bound dot) throws TemplateFault {
        at = chain.at();
        if (chain.start() instanceof Piece.Nil) {
            throw TemplateFault.of("indirection through explicit nil");
        }
        return argument(chain.start(), FunctionTable.Parameter.ANY, dot);
    }

    private @Nullable Object variable(Piece.Variable variable, Bound dot, List<Operand> arguments, @Nullable Object fed)
            throws TemplateFault {
        Bound bound = variable(variable.name()).bound;
        if (variable.path().isEmpty()) {
            refuseArguments(arguments, fed, variable.name());
            return looked(bound);
        }
        return path(bound.value(), variable.path(), dot, arguments, fed);
    }

    private @Nullable Object path(
            @Nullable Object start, List<String> path, Bound dot, List<Operand> arguments, @Nullable Object fed)
            throws TemplateFault {
        Object receiver = start;
        for (int i = 0; i < path.size() - 1; i++) {
            receiver = member(receiver, path.get(i), List.of(), MISSING, dot);
        }
        return member(receiver, path.getLast(), arguments, fed, dot);
    }

    private @Nullable Object member(
            @Nullable Object receiver, String name, List<Operand> arguments, @Nullable Object fed, Bound dot)
            throws TemplateFault {
        budget.step();
        boolean hasArguments = !arguments.isEmpty() || fed != MISSING;
        return switch (receiver) {
            case null -> null;
            case Map<?, ?> map -> {
                if (hasArguments) {
                    throw TemplateFault.of(name + " is not a method but has arguments");
                }
                Object value = map.get(name);
                if (value == null && name.equals("AsMap") && !map.containsKey(name)) {
                    yield map; // a method of Helm's own type of values
                }
                provenance.of(map).ifPresent(origin -> reads.add(new Read(origin.child(name), value)));
                yield value == null ? Values.NIL : value;
            }
            case Shape shape -> {
                List<Object> values = new ArrayList<>();
                for (Operand operand : arguments) {
                    Object value = argument(operand, FunctionTable.Parameter.ANY, dot);
                    values.add(value == null ? Values.NIL : value);
                }
                if (fed != MISSING) {
                    values.add(fed == null ? Values.NIL : fed);
                }
                yield shape.member(name, values)
                        .orElseThrow(() ->
                                TemplateFault.of("can't evaluate field " + name + " in type " + shape.typeName()));
            }
            default -> {
                if (receiver == Values.NIL) {
                    throw TemplateFault.of("nil pointer evaluating interface {}." + name);
                }
                throw TemplateFault.of("can't evaluate field " + name + " in type " + Values.typeName(receiver));
            }
        };
    }

    // functions

    private @Nullable Object function(
            Piece.Identifier identifier, List<Operand> operands, Bound dot, @Nullable Object fed) throws TemplateFault {
        at = identifier.at();
        int start = at;
        String name = identifier.name();
        if (name.equals("and") || name.equals("or")) {
            return logic(name.equals("or"), operands, dot, fed);
        }
        FunctionTable.Function function = set.functions()
                .function(name)
                .orElseThrow(() -> TemplateFault.of("\"" + name + "\" is not a defined function"));
        int count = operands.size() + (fed == MISSING ? 0 : 1);
        Optional<String> wrong = function.wrongCount(count);
        if (wrong.isPresent()) {
            throw TemplateFault.of(wrong.get());
        }
        List<@Nullable Object> arguments = new ArrayList<>(count);
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(argument(operands.get(i), function.parameter(i), dot));
        }
        if (fed != MISSING) {
            arguments.add(accepted(fed, function.parameter(operands.size())));
        }
        at = start;
        return traced(called(function, arguments), arguments);
    }

    private @Nullable Object called(FunctionTable.Function function, List<@Nullable Object> arguments)
            throws TemplateFault {
        try {
            Object result = function.body().call(arguments, this);
            if (result instanceof String text) {
                budget.make(text.length());
            }
            return result;
        } catch (TemplateFault fault) {
            if (fault.kind() == TemplateFault.Kind.EXECUTION && fault.spots().isEmpty()) {
                throw TemplateFault.of("error calling " + function.name() + ": " + fault.problem());
            }
            throw fault;
        }
    }

    private @Nullable Object logic(boolean isOr, List<Operand> operands, Bound dot, @Nullable Object fed)
            throws TemplateFault {
        if (operands.isEmpty() && fed == MISSING) {
            throw TemplateFault.of("wrong number of args for " + (isOr ? "or" : "and") + ": want at least 1 got 0");
        }
        Object value = null;
        for (Operand operand : operands) {
            value = argument(operand, FunctionTable.Parameter.ANY, dot);
            if (Values.isTrue(value) == isOr) {
                return value;
            }
        }
        return fed == MISSING ? value : fed;
    }

    /** A text that a function made is taken to come from the last argument that is known to come from somewhere. */
    private @Nullable Object traced(@Nullable Object result, List<@Nullable Object> arguments) {
        if (!(result instanceof String text)
                || text.isEmpty()
                || provenance.of(text).isPresent()) {
            return result;
        }
        for (Object argument : arguments.reversed()) {
            Optional<Origin> origin = argument == null ? Optional.empty() : provenance.of(argument);
            if (origin.isPresent()) {
                return provenance.from(text, origin.get());
            }
        }
        return result;
    }

    private @Nullable Object argument(Operand operand, FunctionTable.Parameter parameter, Bound dot)
            throws TemplateFault {
        at = operand.at();
        budget.step();
        return switch (operand) {
            case Piece.Dot _ -> accepted(looked(dot), parameter);
            case Piece.Nil _ -> {
                if (parameter != FunctionTable.Parameter.ANY && parameter != FunctionTable.Parameter.MAP) {
                    throw TemplateFault.of("cannot assign nil to " + parameter.type());
                }
                yield null;
            }
            case Piece.Field field -> accepted(field(field, dot, List.of(), MISSING), parameter);
            case Piece.Variable variable -> accepted(variable(variable, dot, List.of(), MISSING), parameter);
            case Pipe pipe -> accepted(pipeline(pipe, dot), parameter);
            case Piece.Identifier function -> accepted(function(function, List.of(), dot, MISSING), parameter);
            case Piece.Chain chain ->
                accepted(path(start(chain, dot), chain.path(), dot, List.of(), MISSING), parameter);
            case Piece.Bool bool -> {
                expect(parameter, FunctionTable.Parameter.BOOL, String.valueOf(bool.value()));
                yield bool.value();
            }
            case Piece.Text text -> {
                expect(parameter, FunctionTable.Parameter.STRING, Quoting.quoted(text.value()));
                yield text.value();
            }
            case Piece.Numeral number -> number(number, parameter);
        };
    }

    private static void expect(FunctionTable.Parameter parameter, FunctionTable.Parameter fitting, String found)
            throws TemplateFault {
        if (parameter != FunctionTable.Parameter.ANY && parameter != fitting) {
            throw TemplateFault.of("expected " + parameter.type() + "; found " + found);
        }
    }

    private static Object number(Piece.Numeral number, FunctionTable.Parameter parameter) throws TemplateFault {
        return switch (parameter) {
            case ANY -> ideal(number);
            case INT ->
                number.whole().orElseThrow(() -> TemplateFault.of("expected integer; found " + number.decimal()));
            case FLOAT -> number.decimal();
            case STRING, BOOL, MAP, TIME ->
                throw TemplateFault.of("expected " + parameter.type() + "; found " + GoNumbers.text(number.decimal()));
        };
    }

    private static @Nullable Object accepted(@Nullable Object value, FunctionTable.Parameter parameter)
            throws TemplateFault {
        if (parameter == FunctionTable.Parameter.ANY) {
            return Values.plain(value);
        }
        if (!parameter.accepts(value)) {
            throw TemplateFault.of(
                    value == null
                            ? "invalid value; expected " + parameter.type()
                            : "wrong type for value; expected " + parameter.type() + "; got " + Values.typeName(value));
        }
        return value;
    }
}
