package dev.holdfast.manifest.template;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.template.Piece.Command;
import dev.holdfast.manifest.template.Piece.Operand;
import dev.holdfast.manifest.template.Piece.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a template that runs: its pipelines and variables, and which named values were looked at.
 *
 * <p>There are three ways to be absent: {@link Values#NIL} is a nil in a field, of which no field can be asked; null is no value at all, of
 * which every field is null again (so {@code (.a).b} is safe where {@code .a.b} is not); {@link #MISSING} means that a command is not fed by
 * another one.
 */
@SuppressWarnings("ReferenceEquality") // the two marks of absence are told by what they are
final class Expressions {
    private static final Object MISSING = new Object();

    /** A value with the named value that it is, where that is known. */
    record Bound(@Nullable Object value, Optional<Origin> origin) {}

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
    record Read(Origin origin, @Nullable Object value) {}

    private final Evaluation evaluation;
    private final TemplateSet set;
    private final Budget budget;
    private final Provenance provenance;
    private final List<Binding> variables = new ArrayList<>();

    /** What the current action has looked at. */
    List<Read> reads = new ArrayList<>();

    /** Where the template is that is being asked. */
    int at;

    Expressions(Evaluation evaluation, TemplateSet set) {
        this.evaluation = evaluation;
        this.set = set;
        this.budget = evaluation.budget();
        this.provenance = evaluation.provenance();
    }

    /** How many variables there are, to {@link #forget} those that come. */
    int known() {
        return variables.size();
    }

    /** Forgets the variables that came after there were so many. */
    void forget(int known) {
        while (variables.size() > known) {
            variables.removeLast();
        }
    }

    /** The named value that the current action made this of: one that is equal, else the first it looked at. */
    Optional<Origin> read(@Nullable Object value) {
        Object plain = Values.plain(value);
        for (Read read : reads) {
            if (plain == null ? Values.plain(read.value()) == null : plain.equals(read.value())) {
                return Optional.of(read.origin());
            }
        }
        return reads.isEmpty() ? Optional.empty() : Optional.of(reads.getFirst().origin());
    }

    void bind(String name, Bound bound, boolean isAssignment) throws TemplateFault {
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

    /** The value of a pipeline; sets its variables. Never {@link Values#NIL}. */
    @Nullable
    Object pipeline(Pipe pipe, Bound dot) throws TemplateFault {
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
                refuseArguments(arguments, fed, GoText.quoted(text.value()));
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
            Object result = function.body().call(arguments, evaluation);
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
                expect(parameter, FunctionTable.Parameter.STRING, GoText.quoted(text.value()));
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
