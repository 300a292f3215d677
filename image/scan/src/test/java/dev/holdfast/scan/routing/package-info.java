/** Whose a finding is. */
@NullMarked
package dev.holdfast.scan.routing;

import org.jspecify.annotations.NullMarked;
