/**
 * What the API server's controller writes into a policy's {@code status.typeChecking}: {@link dev.holdfast.policy.typing.TypeChecker} compiles
 * the expressions once more for each kind that the policy matches, with that kind's schema as the type of {@code object}. Fields that no such
 * object has, and comparisons that can never work, are told before anything is judged. Schemas are those of Kubernetes 1.37, and of
 * CustomResourceDefinitions among the given objects.
 */
@NullMarked
package dev.holdfast.policy.typing;

import org.jspecify.annotations.NullMarked;
