package dev.holdfast.core;

/**
 * The base equation of CVSS 3.0 and 3.1, specification section 7.1. The two differ only in how they say "round up": 3.1 (appendix A) works
 * on whole numbers, so that 8.6 plus an error of a double does not become 8.7. That is what 3.0 means, too.
 */
final class Cvss3 {
    private static final double[] ATTACK_VECTOR = {0.85, 0.62, 0.55, 0.2};
    private static final double[] ATTACK_COMPLEXITY = {0.77, 0.44};
    private static final double[] PRIVILEGES = {0.85, 0.62, 0.27};
    private static final double[] PRIVILEGES_CHANGED = {0.85, 0.68, 0.5};
    private static final double[] USER_INTERACTION = {0.85, 0.62};
    private static final double[] IMPACT = {0.0, 0.22, 0.56};

    private Cvss3() {}

    static double baseScore(int[] metrics) {
        boolean changed = metrics[4] == 1;
        double base = 1 - (1 - IMPACT[metrics[5]]) * (1 - IMPACT[metrics[6]]) * (1 - IMPACT[metrics[7]]);
        double impact = changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
        if (impact <= 0) {
            return 0.0;
        }
        double exploitability = 8.22
                * ATTACK_VECTOR[metrics[0]]
                * ATTACK_COMPLEXITY[metrics[1]]
                * (changed ? PRIVILEGES_CHANGED : PRIVILEGES)[metrics[2]]
                * USER_INTERACTION[metrics[3]];
        return roundUp(Math.min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10));
    }

    private static double roundUp(double score) {
        long whole = Math.round(score * 100_000);
        return whole % 10_000 == 0 ? whole / 100_000.0 : (whole / 10_000 + 1) / 10.0;
    }
}
