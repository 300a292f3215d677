package dev.holdfast.policy.cel.parse;

/**
 * What is wrong in the text of an expression.
 *
 * @param offset of the character at which it is, in code points from 0
 * @param message what it is
 */
public record Issue(int offset, String message) {}
