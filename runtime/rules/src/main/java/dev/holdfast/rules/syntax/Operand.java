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
            return argument.map(text -> name + "[" + (isBare(text) ? text : Word.quoted(text)) + "]")
                    .orElse(name);
        }

        private static boolean isBare(String text) {
            return !text.isEmpty() && text.chars().noneMatch(c -> Character.isWhitespace(c) || "[]\"'".indexOf(c) >= 0);
        }
    }

    /** A transformer and what it is given. */
    record Transformed(Transformer transformer, List<Operand> arguments, int at) implements Operand {
        public Transformed {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String written() {
            StringBuilder text = new StringBuilder(transformer.word()).append('(');
            for (int i = 0; i < arguments.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(arguments.get(i).written());
            }
            return text.append(')').toString();
        }
    }

    /** A text as an argument of a transformer. */
    record Constant(String text, int at) implements Operand {
        @Override
        public String written() {
            return Word.quoted(text);
        }
    }
}
