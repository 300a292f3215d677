package dev.holdfast.advisory.vex;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody says of one flaw in one product.
 *
 * @param flaw identifier
 * @param aliases other identifiers of the same flaw, as the document gives them
 * @param product package URL, image name or digest; what it is said of, or what holds the part
 * @param part package URL of the part of the product that it is said of; empty: the product itself
 * @param status what is said
 * @param justification OpenVEX's, CSAF's or CycloneDX's label; empty when there is none
 * @param detail in their own words: impact or action; empty when there is none
 * @param author who says it
 * @param time when, RFC 3339 as written; empty when nobody says. Of two statements the later counts
 * @param place document and number of the statement, for messages
 */
public record VexStatement(
        String flaw,
        List<String> aliases,
        String product,
        String part,
        Status status,
        String justification,
        String detail,
        String author,
        String time,
        String place) {
    public VexStatement {
        aliases = List.copyOf(aliases);
    }

    /** What VEX can say. */
    public enum Status {
        NOT_AFFECTED,
        AFFECTED,
        FIXED,
        UNDER_INVESTIGATION;

        /** OpenVEX's word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Status> ofWord(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }
}
