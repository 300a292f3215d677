/**
 * Conditions made fit for millions of events. {@link dev.holdfast.rules.match.ConditionCompiler} checks a condition against the fields of its
 * source and makes a {@link dev.holdfast.rules.match.Predicate} of it; {@link dev.holdfast.rules.match.RuleIndex} decides which predicates an
 * event has to be asked at all: by its type, by the beginnings of its paths, and by what is already known about its process.
 */
@NullMarked
package dev.holdfast.rules.match;

import org.jspecify.annotations.NullMarked;
