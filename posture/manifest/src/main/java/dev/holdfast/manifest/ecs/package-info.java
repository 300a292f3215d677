/**
 * Amazon ECS task definitions, services and clusters as the service's own command line gives and takes them.
 * {@link dev.holdfast.manifest.ecs.EcsReader} takes a file and gives its {@link dev.holdfast.manifest.ecs.EcsResource}s, each with its tree.
 */
@NullMarked
package dev.holdfast.manifest.ecs;

import org.jspecify.annotations.NullMarked;
