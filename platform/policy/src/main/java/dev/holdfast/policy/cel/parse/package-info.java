/**
 * From the text of an expression to its {@link dev.holdfast.policy.cel.parse.Tree}: words, grammar, macros. Start with {@link
 * dev.holdfast.policy.cel.parse.Parser}, whose essay holds the grammar.
 */
@NullMarked
package dev.holdfast.policy.cel.parse;

import org.jspecify.annotations.NullMarked;
