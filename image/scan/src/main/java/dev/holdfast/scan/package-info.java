/**
 * The main job: is this target vulnerable, why, and what removes it? {@link dev.holdfast.scan.Scanner} takes a target's inventory, asks
 * the advisory base what is said of each component ({@link dev.holdfast.scan.Questions}), judges every statement
 * ({@link dev.holdfast.scan.Assessor}), joins the judgements of one flaw into one finding ({@link dev.holdfast.scan.Findings}), adds what
 * could not be known ({@link dev.holdfast.scan.Coverage}) and gives a verdict. {@link dev.holdfast.scan.Explainer} tells the same
 * judgements, for one flaw, in full: also why something is <em>not</em> reported.
 */
@NullMarked
package dev.holdfast.scan;

import org.jspecify.annotations.NullMarked;
