/**
 * Dockerfiles as BuildKit reads them. {@link dev.holdfast.manifest.dockerfile.DockerfileReader} takes the bytes of a file and gives a
 * {@link dev.holdfast.manifest.dockerfile.Dockerfile}: instructions whose every word knows its line and column, and the
 * {@link dev.holdfast.manifest.dockerfile.Problem}s for which BuildKit would refuse the file, each at its line; what is wrong in one place
 * costs the rest of the file nothing. {@link dev.holdfast.manifest.dockerfile.Stages} says what a build would make of it: stages, what they
 * are based on, and what each variable is worth at each instruction.
 */
@NullMarked
package dev.holdfast.manifest.dockerfile;

import org.jspecify.annotations.NullMarked;
