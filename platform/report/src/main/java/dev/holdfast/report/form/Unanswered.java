package dev.holdfast.report.form;

/**
 * A target without an answer.
 *
 * @param given as the user named it
 * @param code what kind of failure, a stable word
 * @param message one line
 */
public record Unanswered(String given, String code, String message) {}
