package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The severities and weaknesses in an OSV record, wherever its publisher puts them. */
final class OsvRatings {
    private OsvRatings() {}

    /** Vectors and words of the record and of all its affected entries, each once. */
    static List<Rating> of(String rater, JsonValue record) {
        Set<Rating> ratings = new LinkedHashSet<>();
        addSeverities(ratings, rater, record.get("severity"));
        addWord(ratings, rater, record.at("database_specific", "severity"));
        for (JsonValue affected : record.get("affected").elements()) {
            addSeverities(ratings, rater, affected.get("severity"));
            addVector(ratings, rater, affected.at("database_specific", "cvss"));
            addWord(ratings, rater, affected.at("ecosystem_specific", "severity"));
        }
        return new ArrayList<>(ratings);
    }

    private static void addSeverities(Set<Rating> ratings, String rater, JsonValue severities) {
        for (JsonValue severity : severities.elements()) {
            if (severity.get("type").text().orElse("").startsWith("CVSS")) {
                addVector(ratings, rater, severity.get("score"));
            } else {
                addWord(ratings, rater, severity.get("score"));
            }
        }
    }

    private static void addVector(Set<Rating> ratings, String rater, JsonValue score) {
        String vector = score.text().orElse("").strip();
        if (vector.indexOf('/') > 0 && FeedText.isName(vector)) {
            ratings.add(new Rating(rater, vector, ""));
        }
    }

    private static void addWord(Set<Rating> ratings, String rater, JsonValue score) {
        String word = FeedText.word(score.text().orElse(""));
        if (!word.isEmpty()) {
            ratings.add(new Rating(rater, "", word));
        }
    }

    /** The first word among severities that are no vectors; empty when there is none. */
    static String word(JsonValue severities) {
        for (JsonValue severity : severities.elements()) {
            String type = severity.get("type").text().orElse("");
            if (!type.startsWith("CVSS")) {
                return FeedText.word(severity.get("score").text().orElse(""));
            }
        }
        return "";
    }

    /** The grade before the colon of a Red Hat-like title, {@code Important: firefox security update}; empty when there is none. */
    static String titleWord(JsonValue title) {
        String text = title.text().orElse("");
        int colon = text.indexOf(':');
        String word = colon < 0 ? "" : FeedText.word(text.substring(0, colon));
        return Severity.ofWord(word).isPresent() ? word : "";
    }

    /** {@code CWE-…} identifiers: GitHub's list of the record, OpenSSF's of its entries. */
    static List<String> weaknesses(JsonValue record) {
        Set<String> weaknesses = new LinkedHashSet<>();
        for (String weakness : record.at("database_specific", "cwe_ids").texts()) {
            addWeakness(weaknesses, weakness);
        }
        for (JsonValue affected : record.get("affected").elements()) {
            for (JsonValue weakness : affected.at("database_specific", "cwes").elements()) {
                addWeakness(weaknesses, weakness.get("cweId").text().orElse(""));
            }
        }
        return new ArrayList<>(weaknesses);
    }

    private static void addWeakness(Set<String> weaknesses, String id) {
        if (id.startsWith("CWE-") && FeedText.isName(id)) {
            weaknesses.add(id);
        }
    }
}
