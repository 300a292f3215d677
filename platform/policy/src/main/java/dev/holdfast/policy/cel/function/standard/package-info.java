/** The standard definitions of the language, and cel-go's extensions: texts, lists, sets, optionals, regular expressions. */
@NullMarked
package dev.holdfast.policy.cel.function.standard;

import org.jspecify.annotations.NullMarked;
