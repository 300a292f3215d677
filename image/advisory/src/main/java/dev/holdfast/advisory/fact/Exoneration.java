package dev.holdfast.advisory.fact;

/**
 * A supplier's VEX statement that clears (or confirms) a product.
 *
 * @param advisory identifier
 * @param product package URL as written; without a version it is said of every version
 * @param subcomponent package URL of the part it is said of inside the product; empty: the product itself
 * @param status {@code not_affected}, {@code affected}, {@code fixed} or {@code under_investigation}
 * @param justification OpenVEX justification label, empty when none
 * @param author who says it
 */
public record Exoneration(
        String advisory, String product, String subcomponent, String status, String justification, String author) {}
