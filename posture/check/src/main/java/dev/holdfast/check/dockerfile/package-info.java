/**
 * What is looked for in Dockerfiles. {@link dev.holdfast.check.dockerfile.DockerfileInspection} reads a file, works out what a build would make
 * of it ({@link dev.holdfast.check.dockerfile.Build}), and hands that to the groups of checks: bases, users, files, commands, structure,
 * credentials.
 */
@NullMarked
package dev.holdfast.check.dockerfile;

import org.jspecify.annotations.NullMarked;
