package dev.holdfast.core;

import java.util.Locale;

/**
 * What we were given is wrong: truncated, corrupt, hostile, or not what it claims to be. The message is one line for a person: what was
 * being read, what was found, what to try. A fault of the surroundings (disk, permission, network) is an {@link java.io.IOException}
 * instead.
 */
public class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of wrong. {@link #word()} is stable. */
    public enum Code {
        NOT_FOUND,
        NOT_AN_IMAGE,
        TRUNCATED,
        MALFORMED,
        DIGEST_MISMATCH,
        LIMIT,
        UNSUPPORTED,
        NO_SUCH_PLATFORM,
        USAGE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Code code;

    public InputException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public InputException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The message; an input error always has one. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code.word() : message;
    }

    /** The same error told with the place where it was met in front: {@code where: message}. */
    public InputException in(String where) {
        return new InputException(code, where + ": " + getMessage(), this);
    }
}
