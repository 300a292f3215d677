package dev.holdfast.rules.syntax;

/** A condition or an output that does not follow the grammar. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int at;

    public SyntaxException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /** Where in the text. */
    public int at() {
        return at;
    }

    /** What is wrong; there always is something. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
