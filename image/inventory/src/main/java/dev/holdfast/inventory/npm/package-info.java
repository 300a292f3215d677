/**
 * Node packages. {@link dev.holdfast.inventory.npm.NpmCataloger} reads the {@code package.json} of each installed package, which is the
 * truth of what is there, and npm's lock files, which say what was meant to be: from a lock file only what is not installed is reported,
 * marked as such.
 */
@NullMarked
package dev.holdfast.inventory.npm;

import org.jspecify.annotations.NullMarked;
