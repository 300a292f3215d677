/**
 * What to ask the advisory base: {@link dev.holdfast.scan.question.Questions} makes of a component the names and versions under which its
 * world's advisories speak of it ({@link dev.holdfast.scan.question.Namespaces}); {@link dev.holdfast.scan.question.Support} tells how long a
 * distribution's vendor answers; {@link dev.holdfast.scan.question.Coverage} makes gaps of what could not be asked or answered.
 */
@NullMarked
package dev.holdfast.scan.question;

import org.jspecify.annotations.NullMarked;
