package dev.holdfast.rules.syntax;

import java.util.List;

/** The items of lists, which are written into files of their own grammar, as words of conditions. */
public final class ListValue {
    private ListValue() {}

    /**
     * The words that an item stands for: one, unless it is written without quotes and blanks and has commas. What is in quotes has escapes.
     *
     * @param at the place that the words are said to have
     */
    public static List<Word> words(String item, int at) {
        if (item.startsWith("\"") || item.startsWith("'")) {
            return List.of(new Word(Scanner.unquoted(item), false, at));
        }
        if (item.indexOf(' ') < 0 && item.indexOf(',') >= 0) {
            return List.of(item.split(",")).stream()
                    .filter(part -> !part.isEmpty())
                    .map(part -> new Word(part, false, at))
                    .toList();
        }
        return List.of(new Word(item, false, at));
    }
}
