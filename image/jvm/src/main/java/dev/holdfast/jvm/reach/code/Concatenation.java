package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;

/**
 * What is known of a string that {@code java.lang.invoke.StringConcatFactory} puts together: in its recipe {@code U+0001} stands for the
 * next argument, {@code U+0002} for the next constant, everything else for itself.
 */
final class Concatenation {
    private static final char ARGUMENT = '\1';
    private static final char CONSTANT = '\2';

    private Concatenation() {}

    static Known of(ClassFile file, int[] bootstrap, Known[] arguments) throws InputException {
        ClassFile.Reference factory = file.handle(bootstrap[0]).member();
        if (!factory.owner().equals("java/lang/invoke/StringConcatFactory")) {
            return Known.NOTHING;
        }
        boolean hasRecipe =
                factory.name().equals("makeConcatWithConstants") && bootstrap.length > 1 && file.tag(bootstrap[1]) == 8;
        String recipe =
                hasRecipe ? file.string(bootstrap[1]) : String.valueOf(ARGUMENT).repeat(arguments.length);
        StringBuilder text = new StringBuilder();
        int argument = 0;
        int constant = 2;
        for (int i = 0; i < recipe.length(); i++) {
            char c = recipe.charAt(i);
            if (c == ARGUMENT) {
                Known part = argument < arguments.length ? arguments[argument++] : Known.NOTHING;
                if (!(part instanceof Known.Texts(var texts)) || texts.size() != 1) {
                    return beginning(text, part);
                }
                text.append(texts.first());
            } else if (c == CONSTANT) {
                boolean isText = constant < bootstrap.length && file.tag(bootstrap[constant]) == 8;
                if (!isText) {
                    return beginning(text, Known.NOTHING);
                }
                text.append(file.string(bootstrap[constant++]));
            } else {
                text.append(c);
            }
        }
        return Known.Texts.of(text.toString());
    }

    private static Known beginning(StringBuilder text, Known next) {
        if (next instanceof Known.Prefix(var more)) {
            text.append(more);
        }
        return text.isEmpty() ? Known.NOTHING : new Known.Prefix(text.toString());
    }
}
