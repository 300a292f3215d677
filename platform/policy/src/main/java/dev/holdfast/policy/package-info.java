/**
 * Policies of users, written as ValidatingAdmissionPolicies in CEL. {@code definition} reads and compiles them, refusing what the API server
 * would refuse; {@code request} is what they are asked about; {@link dev.holdfast.policy.Arbiter} decides about a request as the server's own
 * admission does. {@link dev.holdfast.policy.PolicyJudge} asks it about the objects of manifests, {@code trial} about what a test expects;
 * {@code typing} tells which expressions can never work. The language is in {@code cel}, what is written for the server itself in {@code export}. Start with {@code Arbiter}.
 */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
