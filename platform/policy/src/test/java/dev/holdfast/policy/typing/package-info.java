/** Tests of the type checking. */
@NullMarked
package dev.holdfast.policy.typing;

import org.jspecify.annotations.NullMarked;
