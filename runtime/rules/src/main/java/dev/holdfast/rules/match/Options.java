package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;

/**
 * The options among words, as getopt(3) finds them where POSIX is followed: a word that begins with one dash holds letters; a letter with a
 * colon behind it in the list of options takes the rest of its word as its value, or else the next word. The first word that is no option, and
 * {@code --}, end them. Words with two dashes are passed over. A letter that is not listed is told as {@code ?}, and an option that lacks its
 * value as the empty text.
 */
final class Options {
    private final Value words;
    private final String listed;
    private final String selector;
    private final Value into;

    private Options(Value words, String listed, String selector, Value into) {
        this.words = words;
        this.listed = listed;
        this.selector = selector;
        this.into = into;
    }

    /**
     * Reads options.
     *
     * @param given a list of words, or a command line that is cut at its blanks
     * @param selector the option whose last value is wanted, or empty for the list of all
     */
    static void read(Value given, Value listed, String selector, Value into) {
        if (listed.kind() != Value.Kind.TEXT) {
            return;
        }
        Value words = given;
        if (given.kind() == Value.Kind.TEXT) {
            words = new Value();
            words.setList();
            for (String word : given.text().split(" ", -1)) {
                words.add().set(word);
            }
        }
        if (words.kind() != Value.Kind.LIST) {
            return;
        }
        if (selector.isEmpty()) {
            into.setList();
        }
        new Options(words, listed.text(), selector, into).read();
    }

    private void read() {
        for (int i = 0; i < words.size(); i++) {
            String word = words.element(i).toString();
            boolean isLong = word.length() > 2 && word.startsWith("--");
            if (!isLong && (word.equals("--") || word.length() < 2 || word.charAt(0) != '-')) {
                return;
            }
            if (!isLong && takesNext(word, i + 1)) {
                i++;
            }
        }
    }

    /** Reads the letters of a word; whether the word behind it was the value of the last one. */
    private boolean takesNext(String word, int next) {
        for (int j = 1; j < word.length(); j++) {
            char letter = word.charAt(j);
            int known = letter == ':' ? -1 : listed.indexOf(letter);
            if (known < 0) {
                if (selector.isEmpty()) {
                    into.add().set("?");
                }
            } else if (known + 1 == listed.length() || listed.charAt(known + 1) != ':') {
                tell(letter, String.valueOf(letter), false);
            } else if (j + 1 < word.length()) {
                tell(letter, word.substring(j + 1), true);
                return false;
            } else if (next < words.size()) {
                tell(letter, words.element(next).toString(), true);
                return true;
            } else {
                tell(letter, "", false);
            }
        }
        return false;
    }

    private void tell(char letter, String value, boolean isValued) {
        if (!selector.isEmpty()) {
            if (selector.charAt(0) == letter) {
                into.set(value);
            }
            return;
        }
        if (isValued) {
            into.add().set(String.valueOf(letter));
        }
        into.add().set(value);
    }
}
