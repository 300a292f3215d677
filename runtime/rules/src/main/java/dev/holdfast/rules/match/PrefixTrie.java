package dev.holdfast.rules.match;

import dev.holdfast.rules.event.TextPlace;
import java.util.Arrays;

/**
 * Sets of numbers by the beginnings of texts: one walk along a text finds all sets whose beginning it has. Letters without a choice between
 * them are one step; where there is a choice, the next letter's place in a table tells the way, and for letters beyond ASCII a look at each.
 */
final class PrefixTrie {
    private static final long[] NONE = {};
    private static final int ASCII = 128;
    private static final byte[] NO_TABLE = {};

    private static final class Node {
        /** The letters on the way here, behind those of the parent; the root has none. */
        private char[] letters;

        private Node[] children = {};
        /** For each letter of ASCII the number of the child that begins with it, from 1; made when there are some children. */
        private byte[] table = NO_TABLE;
        /** What is found by a text that goes on here. */
        private long[] begun = NONE;
        /** What is found by a text that ends here. */
        private long[] ended = NONE;

        private Node(char[] letters) {
            this.letters = letters;
        }

        /** The number of the child that begins with a letter; -1 when there is none. */
        private int child(char letter) {
            if (letter < ASCII && table.length > 0) {
                return table[letter] - 1;
            }
            for (int i = 0; i < children.length; i++) {
                if (children[i].letters[0] == letter) {
                    return i;
                }
            }
            return -1;
        }

        private void add(Node child) {
            children = Arrays.copyOf(children, children.length + 1);
            children[children.length - 1] = child;
            if (children.length > 2 && children.length <= Byte.MAX_VALUE) {
                byte[] places = new byte[ASCII];
                for (int i = 0; i < children.length; i++) {
                    if (children[i].letters[0] < ASCII) {
                        places[children[i].letters[0]] = (byte) (i + 1);
                    }
                }
                table = places;
            } else {
                table = NO_TABLE;
            }
        }

        /** How many letters of its own a text has from a place on. */
        private int common(char[] text, int from) {
            int most = Math.min(letters.length, text.length - from);
            int common = 0;
            while (common < most && letters[common] == text[from + common]) {
                common++;
            }
            return common;
        }

        /** Puts a node between this and its parent, which takes the first letters. */
        private Node split(int at) {
            Node upper = new Node(Arrays.copyOf(letters, at));
            letters = Arrays.copyOfRange(letters, at, letters.length);
            upper.add(this);
            return upper;
        }
    }

    private final Node root = new Node(new char[0]);
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
        char[] letters = text.toCharArray();
        for (int i = 0; isBackward && i < letters.length; i++) {
            letters[i] = text.charAt(letters.length - 1 - i);
        }
        Node node = root;
        int at = 0;
        while (at < letters.length) {
            int place = node.child(letters[at]);
            if (place < 0) {
                Node leaf = new Node(Arrays.copyOfRange(letters, at, letters.length));
                node.add(leaf);
                node = leaf;
                at = letters.length;
            } else {
                Node child = node.children[place];
                int common = child.common(letters, at);
                if (common < child.letters.length) {
                    child = child.split(common);
                    node.children[place] = child;
                }
                node = child;
                at += common;
            }
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
        int length = text.length();
        Node node = root;
        int at = 0;
        while (true) {
            join(node.begun, into);
            if (at == length) {
                join(node.ended, into);
                return;
            }
            int place = node.child(text.charAt(isBackward ? length - 1 - at : at));
            if (place < 0) {
                return;
            }
            node = node.children[place];
            if (!isNext(node.letters, text, at)) {
                return;
            }
            at += node.letters.length;
        }
    }

    /** Whether the text has these letters from a place on; the first one is known. */
    private boolean isNext(char[] letters, String text, int at) {
        if (text.length() - at < letters.length) {
            return false;
        }
        for (int i = 1; i < letters.length; i++) {
            if (letters[i] != text.charAt(isBackward ? text.length() - 1 - at - i : at + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same for a text that lies somewhere as bytes. False when there is more than ASCII on the way: the text has to be read then, and some of
     * what it finds may have been added.
     */
    boolean find(TextPlace place, long[] into) {
        byte[] bytes = place.bytes();
        int step = isBackward ? -1 : 1;
        int at = isBackward ? place.end() - 1 : place.from();
        int left = place.end() - place.from();
        Node node = root;
        while (true) {
            join(node.begun, into);
            if (left == 0) {
                join(node.ended, into);
                return true;
            }
            byte letter = bytes[at];
            if (letter < 0) {
                return false;
            }
            int child = node.child((char) letter);
            if (child < 0) {
                return true;
            }
            node = node.children[child];
            char[] letters = node.letters;
            for (char expected : letters) {
                if (left == 0 || bytes[at] != expected) {
                    return left == 0 || bytes[at] >= 0;
                }
                at += step;
                left--;
            }
        }
    }

    private static void join(long[] set, long[] into) {
        for (int i = 0; i < set.length; i++) {
            into[i] |= set[i];
        }
    }
}
