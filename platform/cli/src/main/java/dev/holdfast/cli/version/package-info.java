/**
 * {@code version compare} and {@code version in}: the comparisons of versions that scans make, for a person or a script to ask.
 */
@NullMarked
package dev.holdfast.cli.version;

import org.jspecify.annotations.NullMarked;
