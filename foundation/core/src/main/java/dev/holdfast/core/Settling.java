package dev.holdfast.core;

/**
 * Something that others change while we look: a change is taken when it is the same at two looks, since a file that is being written is empty
 * for a moment, or half.
 *
 * @param <T> what is seen at a look, compared by {@code equals}
 */
public final class Settling<T> {
    private T taken;
    private T last;

    /**
     * @param first what holds already
     */
    public Settling(T first) {
        taken = first;
        last = first;
    }

    /** Whether the last look saw something that is not taken: the next look should be soon. */
    public boolean isChanging() {
        return !last.equals(taken);
    }

    /** Whether what is seen now is to be taken: it is new, and was the same at the last look. It counts as taken then. */
    public boolean settlesOn(T now) {
        boolean isSettled = now.equals(last);
        last = now;
        if (!isSettled || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }
}
