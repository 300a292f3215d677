package dev.holdfast.rules.match;

/** A condition or output that follows the grammar, but makes no sense for its source of events. */
public final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int at;
    private final boolean isUnknownName;
    private final String macro;

    public CompileException(String message, int at, boolean isUnknownName) {
        this(message, at, isUnknownName, "");
    }

    private CompileException(String message, int at, boolean isUnknownName, String macro) {
        super(message, null, false, false);
        this.at = at;
        this.isUnknownName = isUnknownName;
        this.macro = macro;
    }

    /** The same, told about the text of a macro; the innermost one stays. */
    CompileException inMacro(String name) {
        return macro.isEmpty() ? new CompileException(getMessage(), at, isUnknownName, name) : this;
    }

    /** The same at another place. */
    public CompileException at(int place) {
        return new CompileException(getMessage(), place, isUnknownName, macro);
    }

    /** The macro whose text it is in; empty when it is in the condition's own. */
    public String macro() {
        return macro;
    }

    /** Where in the text. */
    public int at() {
        return at;
    }

    /** Whether it is a field or an event type that nobody knows, which rules may say they do not mind. */
    public boolean isUnknownName() {
        return isUnknownName;
    }

    /** What is wrong; there always is something. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
