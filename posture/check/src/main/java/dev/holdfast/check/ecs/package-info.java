/**
 * What is looked for in Amazon ECS. {@link dev.holdfast.check.ecs.EcsInspection} reads task definitions, services and clusters, as the service's
 * own command line gives and takes them, and hands each to the groups of checks.
 */
@NullMarked
package dev.holdfast.check.ecs;

import org.jspecify.annotations.NullMarked;
