package dev.holdfast.core;

/**
 * The base score of CVSS 4.0 (CVSS-B), specification section 8.
 *
 * <p>There is no formula. Experts ordered <em>macro vectors</em>, each of which stands for many vectors, and gave every one a score.
 * A macro vector is six numbers, 0 the worst:
 *
 * <pre>
 * EQ1  0 to 2   how it is reached: AV, PR, UI
 * EQ2  0, 1     how hard it is: AC, AT
 * EQ3  0 to 2   impact on the vulnerable system: VC, VI, VA
 * EQ4  0 to 2   impact on others: SC, SI, SA; 0 needs a safety impact, which no base metric can state
 * EQ5  0 to 2   exploit maturity; with base metrics alone 0
 * EQ6  0, 1     impact where it is required; with base metrics alone 0 when EQ3 is below 2, else 1. EQ3 and EQ6 go together.
 * </pre>
 *
 * <p>The score of a vector lies between that of its macro vector, which is the score of the worst vector in it, and those of the macro
 * vectors one step lower in one number. How far it lies from the worst vector is counted in steps of single metrics (section 8.2): for
 * each number, the part of the way from the worst to the mildest vector of this level ({@link #EQ1_STEPS} and so on) is taken of the
 * difference to the next lower macro vector's score. The mean over all numbers that have a next lower one is taken off. EQ5 always has
 * one and always counts with nothing.
 */
final class Cvss4 {
    /**
     * Scores in tenths of the macro vectors with EQ5 0, from the reference table of the specification. A row is an EQ1 and EQ2; in it stand
     * five groups, of EQ3 and EQ6 00, 01, 10, 11 and 21, of EQ4 0, 1 and 2. (20 cannot be: an impact that is required is high.)
     */
    private static final int[][] SCORES = {
        {100, 100, 93, 99, 96, 90, 98, 93, 88, 95, 92, 80, 92, 79, 69},
        {99, 95, 92, 97, 91, 81, 95, 92, 84, 93, 82, 70, 86, 71, 63},
        {98, 94, 87, 95, 89, 75, 94, 86, 72, 89, 76, 57, 83, 65, 53},
        {95, 90, 77, 90, 77, 66, 89, 74, 61, 78, 59, 52, 71, 58, 23},
        {93, 86, 70, 87, 74, 54, 85, 72, 53, 75, 57, 36, 64, 47, 24},
        {88, 73, 54, 75, 55, 43, 75, 61, 46, 55, 51, 18, 53, 24, 10},
    };

    /** Steps from the worst to the mildest vector of each level, and one more. Specification table 30. */
    private static final int[] EQ1_STEPS = {1, 4, 5};

    private static final int[] EQ2_STEPS = {1, 2};
    private static final int[] EQ3_STEPS = {7, 8, 10};
    private static final int[] EQ4_STEPS = {6, 5, 4};

    private static final int AV = 0;
    private static final int AC = 1;
    private static final int AT = 2;
    private static final int PR = 3;
    private static final int UI = 4;
    private static final int VC = 5;
    private static final int VI = 6;
    private static final int VA = 7;
    private static final int SC = 8;
    private static final int SI = 9;
    private static final int SA = 10;

    /** Place of the worst value of an impact, and of the one that is none. */
    private static final int HIGH = 0;

    private static final int NONE = 2;

    private Cvss4() {}

    static double baseScore(int[] metrics) {
        if (hasNoImpact(metrics)) {
            return 0.0;
        }
        int eq1 = eq1(metrics);
        int eq2 = metrics[AC] == 0 && metrics[AT] == 0 ? 0 : 1;
        int eq3 = eq3(metrics);
        int eq4 = metrics[SC] == HIGH || metrics[SI] == HIGH || metrics[SA] == HIGH ? 1 : 2;
        int group = eq3 == 0 ? 0 : eq3 == 1 ? 2 : 4;
        int score = score(eq1, eq2, group, eq4);

        double off = 0;
        int lowerNeighbours = 1; // EQ5
        if (eq1 < 2) {
            off += part(score - score(eq1 + 1, eq2, group, eq4), steps1(metrics, eq1), EQ1_STEPS[eq1]);
            lowerNeighbours++;
        }
        if (eq2 < 1) {
            off += part(score - score(eq1, 1, group, eq4), metrics[AC] + metrics[AT], EQ2_STEPS[eq2]);
            lowerNeighbours++;
        }
        if (eq3 < 2) {
            off += part(score - nextInEq3(eq1, eq2, eq3, eq4), steps3(metrics, eq3), EQ3_STEPS[eq3]);
            lowerNeighbours++;
        }
        if (eq4 < 2) {
            int steps = metrics[SC] + metrics[SI] + metrics[SA];
            off += part(score - score(eq1, eq2, group, 2), steps, EQ4_STEPS[eq4]);
            lowerNeighbours++;
        }
        return rounded(score - off / lowerNeighbours);
    }

    private static boolean hasNoImpact(int[] metrics) {
        for (int i = VC; i <= SA; i++) {
            if (metrics[i] != NONE) {
                return false;
            }
        }
        return true;
    }

    /** Table 24. */
    private static int eq1(int[] metrics) {
        boolean all = metrics[AV] == 0 && metrics[PR] == 0 && metrics[UI] == 0;
        boolean any = metrics[AV] == 0 || metrics[PR] == 0 || metrics[UI] == 0;
        return all ? 0 : any && metrics[AV] != 3 ? 1 : 2;
    }

    /** Table 26. */
    private static int eq3(int[] metrics) {
        if (metrics[VC] == HIGH && metrics[VI] == HIGH) {
            return 0;
        }
        return metrics[VC] == HIGH || metrics[VI] == HIGH || metrics[VA] == HIGH ? 1 : 2;
    }

    /** Steps from the first of the level's worst vectors that is nowhere milder than this one. */
    private static int steps1(int[] metrics, int level) {
        int sum = metrics[AV] + metrics[PR] + metrics[UI];
        return switch (level) {
            case 0 -> sum;
            // AV:A, PR:L or UI:P is worst beside two worst values; whichever fits, one step is taken off.
            case 1 -> sum - 1;
            // AV:P, or AV:A with PR:L and UI:P.
            default -> sum - 3;
        };
    }

    private static int steps3(int[] metrics, int level) {
        int sum = metrics[VC] + metrics[VI] + metrics[VA];
        // Level 1 begins at VC:L or VI:L beside two high ones, level 2 at three low ones.
        return level == 0 ? sum : level == 1 ? sum - 1 : sum - 3;
    }

    /** From 00 one may go to 01 or 10: the higher counts. From 10 one goes to 11. */
    private static int nextInEq3(int eq1, int eq2, int eq3, int eq4) {
        return eq3 == 0 ? Math.max(score(eq1, eq2, 1, eq4), score(eq1, eq2, 2, eq4)) : score(eq1, eq2, 3, eq4);
    }

    private static double part(int difference, int steps, int ofSteps) {
        return difference * (double) steps / ofSteps;
    }

    private static int score(int eq1, int eq2, int group, int eq4) {
        return SCORES[2 * eq1 + eq2][3 * group + eq4];
    }

    /** Half up; the small amount makes good for what the division of doubles loses. */
    private static double rounded(double tenths) {
        return Math.round(Math.max(0, Math.min(100, tenths)) + 1e-6) / 10.0;
    }
}
