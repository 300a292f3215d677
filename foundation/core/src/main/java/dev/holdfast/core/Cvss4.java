package dev.holdfast.core;

import java.util.Optional;

/** CVSS 4.0. */
final class Cvss4 {
    private Cvss4() {}

    static Optional<Double> baseScore(String vector) {
        return Cvss.metrics(vector.substring("CVSS:4.0/".length())).flatMap(metrics -> Optional.empty());
    }
}
