/**
 * Which evidence speaks to which clause of a framework. In: observations ({@link dev.holdfast.comply.Observation}: a check that passed, failed
 * or could not be made, over an input known by its digest) and a mapping of checks to clauses. Out: an
 * {@link dev.holdfast.comply.Assessment} with a state for every clause of the framework, those included that no tool can show. Start at
 * {@link dev.holdfast.comply.Assessor}.
 */
@NullMarked
package dev.holdfast.comply;

import org.jspecify.annotations.NullMarked;
