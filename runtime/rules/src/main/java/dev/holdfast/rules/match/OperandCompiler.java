package dev.holdfast.rules.match;

import dev.holdfast.rules.event.EventArguments;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Transformer;
import dev.holdfast.rules.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what operands mean for events of one source, and gives them slots. */
public final class OperandCompiler {
    /** Which of two paths is meant. */
    private static final Set<String> ENDS = Set.of("src", "dst");

    private static final Pattern ARGUMENT = Pattern.compile("evt\\.(?:raw)?arg\\.(.+)", Pattern.DOTALL);

    private final FieldCatalogue catalogue;
    private final String source;
    private final Slots slots;

    public OperandCompiler(FieldCatalogue catalogue, String source, Slots slots) {
        this.catalogue = catalogue;
        this.source = source;
        this.slots = slots;
    }

    /** The field that a name means; empty when the source has none such, or not with or without such an argument. */
    public static Optional<FieldUse> use(FieldCatalogue catalogue, String source, Operand.Named named) {
        Optional<FieldUse> use = named.argument().isPresent()
                ? catalogue.use(source, named.name(), named.argument().get())
                : catalogue.use(source, named.name());
        return use.filter(OperandCompiler::isArgumentRight);
    }

    private static boolean isArgumentRight(FieldUse use) {
        Field.Argument allowed = use.field().argument();
        if (use.argument().isEmpty()) {
            return !allowed.isRequired();
        }
        String argument = use.argument().get();
        if (use.field().name().equals("evt.type.is")) {
            return EventType.of(argument).isPresent();
        }
        if (use.field().name().equals("evt.abspath")) {
            return ENDS.contains(argument);
        }
        if (EventArguments.isAskedBy(use.field()) && use.index() < 0) {
            return EventArguments.names().contains(argument);
        }
        return allowed != Field.Argument.NONE && (!allowed.isIndex() || use.index() >= 0);
    }

    /**
     * What to try where a name is no field as it is used, as the end of a sentence.
     *
     * @param isPrinted whether an output uses it, and not a condition
     */
    public static String hint(FieldCatalogue catalogue, String source, String name, boolean isPrinted) {
        Optional<Field> own = catalogue.field(source, name);
        if (own.isPresent()) {
            if (!(isPrinted ? own.get().inOutputs() : own.get().inConditions())) {
                return isPrinted ? "; only conditions have it" : "; only outputs have it";
            }
            Field.Argument allowed = own.get().argument();
            return allowed == Field.Argument.NONE
                    ? "; it takes no argument here"
                    : "; its argument is "
                            + (allowed.isIndex() ? "a number" : "a name or a number") + " in brackets"
                            + (allowed.isRequired() ? "" : ", or left out");
        }
        Matcher asked = ARGUMENT.matcher(name);
        if (asked.matches()) {
            return "; no event has such an argument" + Nearest.hint(asked.group(1), EventArguments.names());
        }
        for (String other : catalogue.sources()) {
            if (catalogue.field(other, name).isPresent()) {
                return "; events of the source " + other + " have it";
            }
        }
        return Nearest.hint(
                name, catalogue.fields(source).stream().map(Field::name).toList());
    }

    /** The operand of a condition. */
    TypedOperand operand(Operand operand) throws CompileException {
        return switch (operand) {
            case Operand.Named named -> {
                FieldUse use = use(catalogue, source, named)
                        .filter(known -> known.field().inConditions())
                        .orElseThrow(() -> new CompileException(
                                "filter_check called with nonexistent field " + named.written()
                                        + hint(catalogue, source, named.name(), false),
                                named.at(),
                                true));
                yield field(use);
            }
            case Operand.Transformed transformed -> transformed(transformed);
            case Operand.Constant constant -> throw noField(constant);
            case Operand.Several several -> throw noField(several);
        };
    }

    private TypedOperand field(FieldUse use) {
        Field field = use.field();
        boolean isAnyOf = use.isList() && !field.isList();
        // an address or port of "either end" is unequal when both ends are
        boolean isEvery = field.type() == Field.Type.ADDRESS || field.type() == Field.Type.NETWORK || field.isPort();
        return new TypedOperand(
                slots.of(use),
                field.type(),
                use.written(),
                field.isList(),
                isAnyOf,
                isEvery,
                field.isPort(),
                field.isAlone());
    }

    /** The slot of a field that an output prints. */
    public int printed(FieldUse use) {
        return slots.of(use);
    }

    /** The slot of an operand that an output prints. */
    public int printed(Operand operand) throws CompileException {
        return operand(operand).slot();
    }

    private static CompileException noField(Operand operand) {
        return new CompileException("no field, but a value: " + operand.written(), operand.at(), false);
    }

    private TypedOperand transformed(Operand.Transformed transformed) throws CompileException {
        Transformer transformer = transformed.transformer();
        List<Given> given = new ArrayList<>();
        for (Operand argument : transformed.arguments()) {
            given.add(given(argument));
        }
        new Shapes(transformed, given).check();
        if (transformer == Transformer.VAL) {
            return operand(transformed.arguments().getFirst());
        }
        int slot = slots.of(
                transformer,
                given.stream().map(Given::argument).toList(),
                transformed.selector().orElse(""));
        return switch (transformer) {
            case TOLOWER, TOUPPER, B64, BASENAME, VAL ->
                typed(slot, Field.Type.TEXT, transformed, given.getFirst().isList());
            case LEN -> typed(slot, Field.Type.LONG, transformed, false);
            case JOIN, CONCAT -> typed(slot, Field.Type.TEXT, transformed, false);
            case GETOPT ->
                typed(slot, Field.Type.TEXT, transformed, transformed.selector().isEmpty());
        };
    }

    private static TypedOperand typed(int slot, Field.Type type, Operand.Transformed transformed, boolean isList) {
        return new TypedOperand(slot, type, transformed.written(), isList, false, false, false, false);
    }

    /**
     * What a transformer is given, with what has to be known of it.
     *
     * @param isField whether it is read from the event, or made of what is
     */
    record Given(
            Slots.Argument argument,
            Field.Type type,
            boolean isField,
            boolean isList,
            boolean isAnyOf,
            boolean isAlone,
            Operand operand) {
        boolean isText() {
            return type == Field.Type.TEXT || type == Field.Type.DYNAMIC;
        }
    }

    private Given given(Operand operand) throws CompileException {
        return switch (operand) {
            case Operand.Constant constant ->
                new Given(
                        new Slots.Argument.Text(constant.text()), Field.Type.TEXT, false, false, false, false, operand);
            case Operand.Several several -> {
                List<Slots.Argument> elements = new ArrayList<>();
                for (Operand element : several.elements()) {
                    elements.add(given(element).argument());
                }
                yield new Given(
                        new Slots.Argument.Several(List.copyOf(elements)),
                        Field.Type.TEXT,
                        false,
                        true,
                        false,
                        false,
                        operand);
            }
            case Operand.Named named -> given(operand(named), operand);
            case Operand.Transformed transformed -> given(transformed(transformed), operand);
        };
    }

    private static Given given(TypedOperand typed, Operand operand) {
        return new Given(
                new Slots.Argument.OfSlot(typed.slot()),
                typed.type(),
                true,
                typed.isList(),
                typed.isAnyOf(),
                typed.isAlone(),
                operand);
    }
}
