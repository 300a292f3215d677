package dev.holdfast.check.exception;

import java.util.ArrayList;
import java.util.List;

/** The exceptions that files hold, and what looks like one and does not hold. */
record Found(List<Exemption> exemptions, List<Wrong> wrong) {
    /** @param problem what is missing or cannot be read */
    record Wrong(Exemption.Spot at, String problem) {}

    static Found none() {
        return new Found(new ArrayList<>(), new ArrayList<>());
    }
}
