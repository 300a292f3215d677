/** JMH benchmarks of the hot paths: {@code quality/bench/jmh.sh [PATTERN]} runs them. Inputs are made here or, for real databases, read from the reference corpus. */
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
