/**
 * What is true of a component? {@link dev.holdfast.scan.judge.Judging} goes through all of a target; for each component {@link
 * dev.holdfast.scan.judge.Assessor} weighs every statement under every flaw and decides, by {@link dev.holdfast.scan.judge.Authority}, {@link
 * dev.holdfast.scan.judge.Owners} and suppliers' statements in the base ({@link dev.holdfast.scan.judge.Vex}). Each {@link
 * dev.holdfast.scan.judge.Judgement} keeps what was weighed and why; {@link dev.holdfast.scan.judge.Findings} makes findings of those that
 * are reported.
 */
@NullMarked
package dev.holdfast.scan.judge;

import org.jspecify.annotations.NullMarked;
