package dev.holdfast.jvm.reach.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One step of the way by which something was reached.
 *
 * @param before the step that led here; empty where a way begins
 * @param text what is reached, and how when it is not by plain code
 * @param isCertain whether code or configuration leads here; else it is only possible
 */
record Step(Optional<Step> before, String text, boolean isCertain) {
    static Step first(String text, boolean isCertain) {
        return new Step(Optional.empty(), text, isCertain);
    }

    Step to(String next) {
        return new Step(Optional.of(this), next, isCertain);
    }

    /** How many steps there are, this one included. */
    int length() {
        int length = 1;
        for (Optional<Step> step = before; step.isPresent(); step = step.get().before()) {
            length++;
        }
        return length;
    }

    /** From the beginning. */
    List<String> chain() {
        List<String> texts = new ArrayList<>();
        for (Optional<Step> step = Optional.of(this);
                step.isPresent();
                step = step.get().before()) {
            texts.add(step.get().text());
        }
        Collections.reverse(texts);
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return this == other; // a way may be long, and no two are compared
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return text;
    }
}
