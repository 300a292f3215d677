/**
 * Responses to alerts: a {@link dev.holdfast.respond.automatic.ResponsePolicy} says which rules are answered by what and how often, a
 * {@link dev.holdfast.respond.automatic.Budget} counts, and the {@link dev.holdfast.respond.automatic.AutomaticResponse} takes alerts as any
 * sink does and orders what follows from them.
 */
@NullMarked
package dev.holdfast.respond.automatic;

import org.jspecify.annotations.NullMarked;
