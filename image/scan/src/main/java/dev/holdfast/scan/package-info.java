/**
 * The main job: is this target vulnerable, why, and what removes it? {@link dev.holdfast.scan.Scanner} is where to start. The way of a scan
 * through the rooms:
 *
 * <ol>
 *   <li>{@link dev.holdfast.scan.observe} sees what the target is: its inventory, its layers, the secrets that {@link
 *       dev.holdfast.scan.secret} finds in them; or recalls it;
 *   <li>{@link dev.holdfast.scan.question} tells under which names and versions the advisory base speaks of each component, and what could
 *       not be asked;
 *   <li>{@link dev.holdfast.scan.judge} weighs every answer and joins the judgements of one flaw into one finding; {@link
 *       dev.holdfast.scan.java}, {@link dev.holdfast.scan.licence} and what code scanners brought ({@link dev.holdfast.scan.sarif}) add
 *       theirs;
 *   <li>{@link dev.holdfast.scan.ruling} sets aside what people ({@link dev.holdfast.scan.exemption}) and suppliers say does not count;
 *   <li>{@link dev.holdfast.scan.reach} follows the code of Java applications to what is left, when that is wanted;
 *   <li>{@link dev.holdfast.scan.Gate} gives the verdict.
 * </ol>
 *
 * <p>Out comes a {@link dev.holdfast.scan.ScanReport}. From there {@link dev.holdfast.scan.fix} plans what to do, {@link
 * dev.holdfast.scan.bases} tells whose layer it is and {@link dev.holdfast.scan.routing} who is to act. {@link dev.holdfast.scan.explain}
 * tells the same judgements, for one flaw, in full: also why something is <em>not</em> reported; an {@link dev.holdfast.scan.Inquiry} stays
 * open for such questions.
 */
@NullMarked
package dev.holdfast.scan;

import org.jspecify.annotations.NullMarked;
