/**
 * Patterns over texts that cost at most (length of the text) times (size of the pattern), whatever somebody writes into either: regular
 * expressions, globs, and sets of path prefixes.
 */
@NullMarked
package dev.holdfast.rules.text;

import org.jspecify.annotations.NullMarked;
