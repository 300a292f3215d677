/**
 * Does the application reach the library that a finding is about? {@link dev.holdfast.scan.reach.CodeSearch} shows the target's files to
 * {@link dev.holdfast.jvm.reach} and gives each finding about a Java library its answer.
 */
@NullMarked
package dev.holdfast.scan.reach;

import org.jspecify.annotations.NullMarked;
