package dev.holdfast.rules;

/**
 * The line of a file that a problem is about, or what stands around the place when the line is long.
 *
 * @param text as it is written there, without its line end; not yet safe to print
 * @param at where in it the problem is, in characters from 0; its length when the problem is at its end
 * @param isCutBefore whether the line has more before it
 * @param isCutAfter whether the line has more behind it
 */
public record Excerpt(String text, int at, boolean isCutBefore, boolean isCutAfter) {}
