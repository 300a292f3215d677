/**
 * The functions of expressions: what one {@linkplain dev.holdfast.policy.cel.function.Overload is}, and how they are {@linkplain
 * dev.holdfast.policy.cel.function.Library put together}. {@code standard} holds those of the language and of cel-go's extensions, {@code
 * kubernetes} those of the API server.
 */
@NullMarked
package dev.holdfast.policy.cel.function;

import org.jspecify.annotations.NullMarked;
