package dev.holdfast.scan.judge;

import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.core.Cvss;
import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * Which of the severities that people gave counts, and who gave it. For a distribution's package the distribution's own word comes
 * first, because it knows how the package was built; then CVSS vectors, the ecosystem's before NVD's, newer before older versions of
 * the standard; then any word. A malicious package is critical by kind.
 *
 * @param severity the severity that counts
 * @param from who gave it; empty when nobody did
 * @param score CVSS base score of the best vector, whoever gave it
 */
record SeverityChoice(Severity severity, String from, Optional<Double> score) {

    static SeverityChoice of(KnownAdvisory flaw, KnownStatement decisive) {
        Optional<Rating> vector = bestVector(flaw.ratings());
        Optional<Double> score = vector.flatMap(rating -> Cvss.baseScore(rating.vector()));
        if (flaw.kind() == Advisory.Kind.MALWARE) {
            return new SeverityChoice(Severity.CRITICAL, "malicious package", score);
        }
        Optional<Severity> word = Severity.ofWord(decisive.rating()).filter(severity -> severity != Severity.UNKNOWN);
        if (word.isPresent()) {
            return new SeverityChoice(word.get(), decisive.source().name(), score);
        }
        if (vector.isPresent() && score.isPresent()) {
            String from = vector.get().by() + " " + standard(vector.get().vector());
            return new SeverityChoice(Severity.ofScore(score.get()), from, score);
        }
        for (Rating rating : flaw.ratings()) {
            Optional<Severity> said = Severity.ofWord(rating.word()).filter(severity -> severity != Severity.UNKNOWN);
            if (said.isPresent()) {
                return new SeverityChoice(said.get(), rating.by(), score);
            }
        }
        return new SeverityChoice(Severity.UNKNOWN, "", score);
    }

    private static Optional<Rating> bestVector(List<Rating> ratings) {
        Rating best = null;
        for (Rating rating : ratings) {
            if (!rating.vector().isEmpty()
                    && Cvss.baseScore(rating.vector()).isPresent()
                    && (best == null || preference(rating) < preference(best))) {
                best = rating;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int preference(Rating rating) {
        int byRater = rating.by().equals("nvd") ? 1 : 0;
        int byStandard = switch (standard(rating.vector())) {
            case "CVSS 3.1" -> 0;
            case "CVSS 3.0" -> 1;
            case "CVSS 4.0" -> 2;
            default -> 4; // CVSS 2 knows neither scope nor "critical"
        };
        return byStandard * 2 + byRater;
    }

    private static String standard(String vector) {
        return vector.startsWith("CVSS:") && vector.indexOf('/') > 0
                ? "CVSS " + vector.substring("CVSS:".length(), vector.indexOf('/'))
                : "CVSS 2.0";
    }
}
