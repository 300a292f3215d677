/** Conda environments: {@link dev.holdfast.inventory.conda.CondaCataloger} reads the record that each installed package leaves. */
@NullMarked
package dev.holdfast.inventory.conda;

import org.jspecify.annotations.NullMarked;
