package dev.holdfast.core.text;

/**
 * A text that may be looked at only so often. The JDK's regular expressions go back and try again, so that one by a stranger can take a time
 * that doubles with each character, and nothing but the text that they look at can stop them: by {@link Exhausted}, which whoever gave them
 * the text catches. A {@link StackOverflowError} is theirs too.
 */
public final class BoundedText implements CharSequence {
    private final String text;
    private final long mostLooks;
    private long looks;

    public BoundedText(String text, long mostLooks) {
        this.text = text;
        this.mostLooks = mostLooks;
    }

    /** The search has looked at too many characters. */
    public static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super(null, null, false, false);
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looks > mostLooks) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
