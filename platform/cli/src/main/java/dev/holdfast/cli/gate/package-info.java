/**
 * {@code gate}: images are scanned and configurations checked in one run, with one verdict. It stands on what {@code image} and {@code
 * posture} stand on, and asks the policies as {@code check} does.
 */
@NullMarked
package dev.holdfast.cli.gate;

import org.jspecify.annotations.NullMarked;
