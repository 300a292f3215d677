/**
 * Builds the base of class prints that the program carries: {@link dev.holdfast.bench.prints.PrintsTool} reads the list of releases, fetches
 * what its cache lacks from Maven Central, takes the prints of every class, and compiles them.
 */
@NullMarked
package dev.holdfast.bench.prints;

import org.jspecify.annotations.NullMarked;
