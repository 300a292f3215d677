package dev.holdfast.rules.match;

import java.util.Arrays;

/**
 * Sets of numbers by the beginnings of texts: one walk along a text finds all sets whose beginning it has. A node's children are few, so they
 * are found by looking at each.
 */
final class PrefixTrie {
    private static final long[] NONE = {};

    private static final class Node {
        private char[] letters = {};
        private Node[] children = {};
        /** What is found by a text that goes on here. */
        private long[] begun = NONE;
        /** What is found by a text that ends here. */
        private long[] ended = NONE;

        private Node child(char letter) {
            for (int i = 0; i < letters.length; i++) {
                if (letters[i] == letter) {
                    return children[i];
                }
            }
            letters = Arrays.copyOf(letters, letters.length + 1);
            children = Arrays.copyOf(children, letters.length);
            letters[letters.length - 1] = letter;
            children[letters.length - 1] = new Node();
            return children[letters.length - 1];
        }
    }

    private final Node root = new Node();
    private final int words;
    private final boolean isBackward;

    /**
     * @param words of how many words the sets are
     * @param isBackward whether texts are read from their end, so that it is their endings that are found
     */
    PrefixTrie(int words, boolean isBackward) {
        this.words = words;
        this.isBackward = isBackward;
    }

    void add(String text, boolean isWhole, int number) {
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            node = node.child(text.charAt(isBackward ? text.length() - 1 - i : i));
        }
        if (isWhole) {
            node.ended = with(node.ended, number);
        } else {
            node.begun = with(node.begun, number);
        }
    }

    private long[] with(long[] set, int number) {
        long[] more = Arrays.copyOf(set, words);
        more[number >> 6] |= 1L << number;
        return more;
    }

    /** Adds to a set of numbers all that the text finds. */
    void find(String text, long[] into) {
        Node node = root;
        int at = 0;
        while (true) {
            join(node.begun, into);
            if (at == text.length()) {
                join(node.ended, into);
                return;
            }
            char letter = text.charAt(isBackward ? text.length() - 1 - at : at);
            at++;
            int child = 0;
            while (child < node.letters.length && node.letters[child] != letter) {
                child++;
            }
            if (child == node.letters.length) {
                return;
            }
            node = node.children[child];
        }
    }

    private static void join(long[] set, long[] into) {
        for (int i = 0; i < set.length; i++) {
            into[i] |= set[i];
        }
    }
}
