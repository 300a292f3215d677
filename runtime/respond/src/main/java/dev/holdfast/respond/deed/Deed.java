package dev.holdfast.respond.deed;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One action on one control group, which is held meanwhile. */
public sealed interface Deed permits Freezing, Killing, Disconnecting, Holding {
    /**
     * How far the kernel has it so, whoever did it.
     *
     * @param before how it was before it was ordered first, as {@link #before} told it; empty when nobody has ordered it
     */
    Force force(String before) throws IOException;

    /** What this machine lacks for it, in a line; empty when it can be done. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** What {@link #takeBack} restores; empty when that is just the opposite. */
    String before() throws IOException;

    /** Does it, and looks whether the kernel did. */
    Done carryOut() throws IOException;

    /**
     * Makes it as it was.
     *
     * @param before what {@link #before} told then
     */
    void takeBack(String before) throws IOException;

    /** How far something is in force. */
    enum Force {
        WHOLE,
        /** One direction of a cut. */
        PARTLY,
        NOT,
        /** The container has ended. */
        GONE
    }

    /**
     * What was done.
     *
     * @param isSeen whether it was seen to hold
     * @param sentence for a person
     * @param notes what else is to be known
     */
    record Done(boolean isSeen, String sentence, List<String> notes) {
        public Done {
            notes = List.copyOf(notes);
        }

        Done(boolean isSeen, String sentence) {
            this(isSeen, sentence, List.of());
        }
    }
}
