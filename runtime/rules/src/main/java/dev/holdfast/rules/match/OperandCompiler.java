package dev.holdfast.rules.match;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what operands mean for events of one source, and gives them slots. */
public final class OperandCompiler {
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
        if (use.field().name().equals("evt.type.is")) {
            return EventType.of(use.argument().get()).isPresent();
        }
        return allowed != Field.Argument.NONE && (!allowed.isIndex() || use.index() >= 0);
    }

    /** The operand of a condition. */
    TypedOperand operand(Operand operand) throws CompileException {
        return switch (operand) {
            case Operand.Named named -> {
                FieldUse use = use(catalogue, source, named)
                        .filter(known -> known.field().inConditions())
                        .orElseThrow(() -> new CompileException(
                                "filter_check called with nonexistent field " + named.written(), named.at(), true));
                yield field(use);
            }
            case Operand.Transformed transformed -> transformed(transformed);
            case Operand.Constant constant ->
                throw new CompileException("a text is no field: " + constant.written(), constant.at(), false);
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

    private TypedOperand transformed(Operand.Transformed transformed) throws CompileException {
        Transformer transformer = transformed.transformer();
        List<Slots.Argument> arguments = new ArrayList<>();
        List<TypedOperand> operands = new ArrayList<>();
        for (Operand argument : transformed.arguments()) {
            if (argument instanceof Operand.Constant constant) {
                arguments.add(new Slots.Argument(-1, constant.text()));
            } else {
                TypedOperand operand = operand(argument);
                check(transformer, operand, argument.at());
                operands.add(operand);
                arguments.add(new Slots.Argument(operand.slot(), ""));
            }
        }
        checkShape(transformed, arguments);
        int slot = slots.of(transformer, arguments);
        return switch (transformer) {
            case VAL -> operands.getFirst();
            case TOLOWER, TOUPPER, B64, BASENAME ->
                typed(slot, Field.Type.TEXT, transformed, operands.getFirst().isList());
            case LEN -> typed(slot, Field.Type.LONG, transformed, false);
            case JOIN, CONCAT -> typed(slot, Field.Type.TEXT, transformed, false);
            case GETOPT -> typed(slot, Field.Type.TEXT, transformed, true);
        };
    }

    private static TypedOperand typed(int slot, Field.Type type, Operand.Transformed transformed, boolean isList) {
        return new TypedOperand(slot, type, transformed.written(), isList, false, false, false, false);
    }

    private static void check(Transformer transformer, TypedOperand operand, int at) throws CompileException {
        if (operand.isAlone() && transformer != Transformer.LEN && transformer != Transformer.VAL) {
            throw new CompileException("field '" + operand.written() + "' does not support transformers", at, false);
        }
        boolean isText = operand.type() == Field.Type.TEXT || operand.type() == Field.Type.DYNAMIC;
        boolean isRight = switch (transformer) {
            case VAL, JOIN, CONCAT -> true;
            case TOLOWER, TOUPPER, BASENAME, GETOPT -> isText;
            case B64 -> isText || operand.type() == Field.Type.BYTES;
            case LEN -> isText || operand.type() == Field.Type.BYTES || operand.isList();
        };
        if (!isRight) {
            throw new CompileException(
                    "transformer '" + transformer.word() + "' is not supported for the type of field '"
                            + operand.written() + "'",
                    at,
                    false);
        }
    }

    /** What stands at which place for transformers of several arguments. */
    private static void checkShape(Operand.Transformed transformed, List<Slots.Argument> arguments)
            throws CompileException {
        boolean isRight = switch (transformed.transformer()) {
            case JOIN -> arguments.size() >= 2 && arguments.getFirst().slot() < 0;
            case GETOPT ->
                arguments.size() == 2
                        && arguments.get(0).slot() >= 0
                        && arguments.get(1).slot() < 0;
            case CONCAT -> arguments.size() >= 2;
            case VAL, TOLOWER, TOUPPER, B64, BASENAME, LEN -> true;
        };
        if (!isRight) {
            throw new CompileException(
                    switch (transformed.transformer()) {
                        case JOIN ->
                            "join takes a text that stands between, then fields: join(\",\", proc.name, proc.pname)";
                        case GETOPT -> "getopt takes a field, then the options as a text: getopt(proc.args, \"ab:\")";
                        case CONCAT, VAL, TOLOWER, TOUPPER, B64, BASENAME, LEN ->
                            "concat takes at least two texts or fields";
                    },
                    transformed.at(),
                    false);
        }
    }
}
