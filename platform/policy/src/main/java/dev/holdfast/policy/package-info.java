/** User policy in CEL, shaped like ValidatingAdmissionPolicy. */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
