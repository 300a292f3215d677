package dev.holdfast.jvm.reach.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The places beyond which the trace cannot see, each told once. */
final class BlindSpots {
    private final List<Blind> all = new ArrayList<>();
    private final Set<String> places = new LinkedHashSet<>();

    List<Blind> all() {
        return all;
    }

    /** @param in the class whose code it is */
    void add(TypeNode in, Step step, String phrase) {
        add(in, step, phrase, true);
    }

    void add(TypeNode in, Step step, String phrase, boolean isOnPath) {
        add(step, phrase, isOnPath, in.element().isContainer());
    }

    /** Something that is not code leads to what cannot be seen. */
    void add(Step step, String phrase) {
        add(step, phrase, true, false);
    }

    void add(Step step, String phrase, boolean isOnPath, boolean isOfContainer) {
        if (places.add(phrase + step.text())) {
            all.add(new Blind(step, phrase, isOnPath, isOfContainer));
        }
    }
}
