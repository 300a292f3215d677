package dev.holdfast.advisory;

import dev.holdfast.core.InputException;

/**
 * The bytes of an opened base contradict themselves: the file was damaged or made to mislead. Opening checks only what a scan can afford
 * to wait for, so this can come out of any question to the base; {@link #input()} is the same fault as an ordinary input error, for the
 * facade that answers a person.
 */
public final class CorruptBaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InputException input;

    public CorruptBaseException(String found) {
        this(new InputException(
                InputException.Code.MALFORMED,
                "the advisory base is damaged: " + found + "; build, update or import it again"));
    }

    private CorruptBaseException(InputException input) {
        super(input);
        this.input = input;
    }

    public InputException input() {
        return input;
    }
}
