/**
 * Julia: {@link dev.holdfast.inventory.julia.JuliaCataloger} reads manifests.
 */
@NullMarked
package dev.holdfast.inventory.julia;

import org.jspecify.annotations.NullMarked;
