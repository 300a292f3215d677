/**
 * What is looked for in Compose files and Swarm stacks. {@link dev.holdfast.check.compose.ComposeInspection} has a project read with all its
 * files and hands each service to the groups of checks.
 */
@NullMarked
package dev.holdfast.check.compose;

import org.jspecify.annotations.NullMarked;
