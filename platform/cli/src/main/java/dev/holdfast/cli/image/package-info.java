/**
 * {@code scan}, {@code explain}, {@code fix}, {@code sbom}, {@code compare} and {@code coverage}. {@link
 * dev.holdfast.cli.image.ScanCommand} is the one to begin with: options become a request, {@link dev.holdfast.cli.image.ScanOutcome} collects
 * the reports of all targets, and {@link dev.holdfast.cli.image.Answers} remembers what was answered, for when the same is asked again.
 */
@NullMarked
package dev.holdfast.cli.image;

import org.jspecify.annotations.NullMarked;
