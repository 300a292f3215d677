/**
 * What the build files of JVM projects name: {@link dev.holdfast.inventory.build.GradleCataloger} and its kin read lock files, {@link
 * dev.holdfast.inventory.build.MavenProjectCataloger} the project files of Maven and Ivy. Archives are read by {@link
 * dev.holdfast.inventory.java}.
 */
@NullMarked
package dev.holdfast.inventory.build;

import org.jspecify.annotations.NullMarked;
