/**
 * Well-known programs that no package manager installed, told by their own bytes.
 * {@link dev.holdfast.inventory.unmanaged.UnmanagedCataloger} finds them by name,
 * {@link dev.holdfast.inventory.unmanaged.KnownProgram} knows which text of which program holds its version.
 */
@NullMarked
package dev.holdfast.inventory.unmanaged;

import org.jspecify.annotations.NullMarked;
