/**
 * What is looked for in task definitions, services and clusters of Amazon ECS, as the service's own command line gives and takes them.
 */
@NullMarked
package dev.holdfast.check.ecs;

import org.jspecify.annotations.NullMarked;
