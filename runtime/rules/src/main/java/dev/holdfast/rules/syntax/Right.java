package dev.holdfast.rules.syntax;

import java.util.List;

/** The right side of a comparison. */
public sealed interface Right {
    /** Where it begins in the text. */
    int at();

    /** One value. */
    record One(Word word) implements Right {
        @Override
        public int at() {
            return word.at();
        }
    }

    /** Values in parentheses. */
    record Many(List<Word> words, int at) implements Right {
        public Many {
            words = List.copyOf(words);
        }
    }

    /** Another field, or what transformers make of it. */
    record Computed(Operand operand) implements Right {
        @Override
        public int at() {
            return operand.at();
        }
    }
}
