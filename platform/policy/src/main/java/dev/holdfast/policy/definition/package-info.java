/**
 * What decides: policies, where they match, and the bindings that put them in force. {@link dev.holdfast.policy.definition.PolicyFiles} reads
 * them into a {@link dev.holdfast.policy.definition.PolicySet}; what the API server would not accept is a {@link
 * dev.holdfast.policy.definition.Refusal} in its words.
 */
@NullMarked
package dev.holdfast.policy.definition;

import org.jspecify.annotations.NullMarked;
