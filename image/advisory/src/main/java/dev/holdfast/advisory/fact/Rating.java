package dev.holdfast.advisory.fact;

/**
 * A severity and who gave it.
 *
 * @param by {@code nvd}, {@code ghsa}, {@code redhat}, {@code ubuntu}, {@code debian}, a CNA, or the feed's name
 * @param vector a CVSS vector string (2.0, 3.0, 3.1 or 4.0); empty when there is only a word
 * @param word the rater's own word, lower case; empty when there is only a vector
 */
public record Rating(String by, String vector, String word) {}
