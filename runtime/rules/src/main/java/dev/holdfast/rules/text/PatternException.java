package dev.holdfast.rules.text;

/** A pattern that does not follow its grammar, or would become too large. */
public final class PatternException extends Exception {
    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong; there always is something. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
