/**
 * The language of conditions: {@link dev.holdfast.rules.syntax.ConditionParser} makes a {@link dev.holdfast.rules.syntax.Condition} of a text.
 * Nothing here knows which fields exist.
 */
@NullMarked
package dev.holdfast.rules.syntax;

import org.jspecify.annotations.NullMarked;
