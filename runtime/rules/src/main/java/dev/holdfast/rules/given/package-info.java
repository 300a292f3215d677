/** Events and expected alerts that somebody has written down, in YAML: {@link dev.holdfast.rules.given.GivenEvents} reads them. */
@NullMarked
package dev.holdfast.rules.given;

import org.jspecify.annotations.NullMarked;
