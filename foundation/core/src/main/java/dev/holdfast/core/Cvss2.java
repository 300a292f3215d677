package dev.holdfast.core;

/** The base equation of CVSS 2.0, guide section 3.2.1. */
final class Cvss2 {
    private static final double[] ACCESS_VECTOR = {1.0, 0.646, 0.395};
    private static final double[] ACCESS_COMPLEXITY = {0.71, 0.61, 0.35};
    private static final double[] AUTHENTICATION = {0.704, 0.56, 0.45};
    private static final double[] IMPACT = {0.0, 0.275, 0.660};

    private Cvss2() {}

    static double baseScore(int[] metrics) {
        double impact = 10.41 * (1 - (1 - IMPACT[metrics[3]]) * (1 - IMPACT[metrics[4]]) * (1 - IMPACT[metrics[5]]));
        double exploitability =
                20 * ACCESS_COMPLEXITY[metrics[1]] * AUTHENTICATION[metrics[2]] * ACCESS_VECTOR[metrics[0]];
        double factor = impact == 0 ? 0 : 1.176;
        // Math.round on tenths is "round to 1 decimal"; no score lies within an error of a double from a half.
        return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * factor * 10) / 10.0;
    }
}
