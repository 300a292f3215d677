/** Hardening checks. In: manifests and image configurations. Out: one result for each rule and subject. */
@NullMarked
package dev.holdfast.check;

import org.jspecify.annotations.NullMarked;
