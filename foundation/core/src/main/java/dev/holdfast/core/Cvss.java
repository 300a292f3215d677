package dev.holdfast.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * CVSS base scores from vector strings: version 2.0 (FIRST, 2007), 3.0 and 3.1 (2015, 2019). A vector is metrics {@code KEY:VALUE} joined by
 * {@code /}; versions 3 and later begin with {@code CVSS:3.1/}, version 2 may stand in brackets. Metrics beyond the base group are allowed
 * and do not count. A vector that lacks a base metric, repeats one or holds an unknown value has no score.
 */
public final class Cvss {
    /** Longer texts are no vectors: the longest real one, CVSS 4.0 with every metric, has about 250 characters. */
    private static final int MAX_LENGTH = 512;

    private Cvss() {}

    /** The base score, 0.0 to 10.0 with one decimal; empty when the vector is not valid or its version is not known. */
    public static Optional<Double> baseScore(String vector) {
        if (vector.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (vector.startsWith("CVSS:4.0/")) {
            return Cvss4.baseScore(vector);
        }
        boolean isThree = vector.startsWith("CVSS:3.1/") || vector.startsWith("CVSS:3.0/");
        Optional<Map<String, String>> metrics =
                metrics(isThree ? vector.substring("CVSS:3.1/".length()) : unbracketed(vector));
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        double score =
                isThree ? versionThree(metrics.get(), vector.startsWith("CVSS:3.1/")) : versionTwo(metrics.get());
        return Double.isNaN(score) ? Optional.empty() : Optional.of(score);
    }

    private static String unbracketed(String vector) {
        return vector.startsWith("(") && vector.endsWith(")") ? vector.substring(1, vector.length() - 1) : vector;
    }

    /** The metrics by key; empty when one is malformed or stands twice. */
    static Optional<Map<String, String>> metrics(String text) {
        Map<String, String> metrics = new HashMap<>();
        int from = 0;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            int colon = text.indexOf(':', from);
            if (colon <= from || colon >= to - 1) {
                return Optional.empty();
            }
            if (metrics.put(text.substring(from, colon), text.substring(colon + 1, to)) != null) {
                return Optional.empty();
            }
            from = to + 1;
        }
        return Optional.of(metrics);
    }

    /** The weight of a metric; NaN, which spoils the score, when it is absent or its value unknown. */
    private static double weight(Map<String, String> metrics, String key, String values, double... weights) {
        int index = values.indexOf(metrics.getOrDefault(key, "?"));
        return index < 0 || metrics.getOrDefault(key, "").length() != 1 ? Double.NaN : weights[index];
    }

    // CVSS 3.1 specification, section 7.1; the weights are those of section 7.4
    private static double versionThree(Map<String, String> metrics, boolean isPointOne) {
        boolean isChanged = "C".equals(metrics.get("S"));
        if (!isChanged && !"U".equals(metrics.get("S"))) {
            return Double.NaN;
        }
        double attackVector = weight(metrics, "AV", "NALP", 0.85, 0.62, 0.55, 0.2);
        double attackComplexity = weight(metrics, "AC", "LH", 0.77, 0.44);
        double privileges = isChanged
                ? weight(metrics, "PR", "NLH", 0.85, 0.68, 0.5)
                : weight(metrics, "PR", "NLH", 0.85, 0.62, 0.27);
        double interaction = weight(metrics, "UI", "NR", 0.85, 0.62);
        double confidentiality = weight(metrics, "C", "HLN", 0.56, 0.22, 0);
        double integrity = weight(metrics, "I", "HLN", 0.56, 0.22, 0);
        double availability = weight(metrics, "A", "HLN", 0.56, 0.22, 0);
        double base = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability);
        double impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
        double exploitability = 8.22 * attackVector * attackComplexity * privileges * interaction;
        if (Double.isNaN(impact) || Double.isNaN(exploitability)) {
            return Double.NaN;
        }
        if (impact <= 0) {
            return 0;
        }
        double sum = Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10);
        return isPointOne ? roundUp(sum) : Math.ceil(sum * 10) / 10;
    }

    /** Rounding up to one decimal without the surprises of binary fractions. CVSS 3.1, appendix A. */
    private static double roundUp(double value) {
        long scaled = Math.round(value * 100_000);
        return scaled % 10_000 == 0 ? scaled / 100_000.0 : (Math.floorDiv(scaled, 10_000) + 1) / 10.0;
    }

    // CVSS 2.0 guide, section 3.2.1
    private static double versionTwo(Map<String, String> metrics) {
        double vector = weight(metrics, "AV", "LAN", 0.395, 0.646, 1.0);
        double complexity = weight(metrics, "AC", "HML", 0.35, 0.61, 0.71);
        double authentication = weight(metrics, "Au", "MSN", 0.45, 0.56, 0.704);
        double confidentiality = weight(metrics, "C", "NPC", 0, 0.275, 0.660);
        double integrity = weight(metrics, "I", "NPC", 0, 0.275, 0.660);
        double availability = weight(metrics, "A", "NPC", 0, 0.275, 0.660);
        double impact = 10.41 * (1 - (1 - confidentiality) * (1 - integrity) * (1 - availability));
        double exploitability = 20 * vector * complexity * authentication;
        double score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact == 0 ? 0 : 1.176);
        return Double.isNaN(score) ? Double.NaN : Math.round(score * 10) / 10.0;
    }
}
