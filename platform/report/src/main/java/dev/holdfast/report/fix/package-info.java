/**
 * The plan of what to change, smallest first: for people, as JSON, and as a {@linkplain dev.holdfast.report.fix.DockerfilePatch patch of a
 * Dockerfile}.
 */
@NullMarked
package dev.holdfast.report.fix;

import org.jspecify.annotations.NullMarked;
