package dev.holdfast.rules.syntax;

import java.util.List;
import java.util.Optional;

/** What is compared: a field, or what transformers make of fields. */
public sealed interface Operand {
    /** Where it begins in the text. */
    int at();

    /** As it is written. */
    String written();

    /** A field by name. */
    record Named(String name, Optional<String> argument, int at) implements Operand {
        @Override
        public String written() {
            return name + argument.map(Operand::bracket).orElse("");
        }
    }

    /**
     * A transformer and what it is given.
     *
     * @param selector what stands in brackets behind it
     */
    record Transformed(Transformer transformer, List<Operand> arguments, Optional<String> selector, int at)
            implements Operand {
        public Transformed {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String written() {
            return transformer.word()
                    + list(arguments)
                    + selector.map(Operand::bracket).orElse("");
        }
    }

    /** Several values, as an argument of a transformer. */
    record Several(List<Operand> elements, int at) implements Operand {
        public Several {
            elements = List.copyOf(elements);
        }

        @Override
        public String written() {
            return list(elements);
        }
    }

    /** A text as an argument of a transformer. */
    record Constant(String text, int at) implements Operand {
        @Override
        public String written() {
            return Word.quoted(text);
        }
    }

    private static String list(List<Operand> operands) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < operands.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(operands.get(i).written());
        }
        return text.append(')').toString();
    }

    private static String bracket(String argument) {
        boolean isBare = !argument.isEmpty()
                && argument.chars().noneMatch(c -> Character.isWhitespace(c) || "[]\"'".indexOf(c) >= 0);
        return "[" + (isBare ? argument : Word.quoted(argument)) + "]";
    }
}
