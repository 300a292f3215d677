package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.Memory;
import java.io.IOException;
import java.util.List;

/** Opens what the user named. The kind is found by looking at the bytes, never at the name. */
public final class Targets {
    private Targets() {}

    /**
     * Opens every image that the request leads to, usually one; an archive may hold several. The caller closes them all.
     *
     * @throws InputException when there is nothing we can read: the message says what it looks like instead
     */
    public static List<Target> open(TargetRequest request, Limits limits) throws InputException, IOException {
        return open(request, limits, Memory.NONE);
    }

    /** Opens them as far as they are not known from before. */
    public static List<Target> open(TargetRequest request, Limits limits, Memory memory)
            throws InputException, IOException {
        try {
            return new Opening(request, limits, memory).open();
        } catch (InputException wrong) {
            throw wrong.in(request.given());
        }
    }
}
