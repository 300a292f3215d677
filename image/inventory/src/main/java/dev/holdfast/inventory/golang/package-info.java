/**
 * Go programs. {@link dev.holdfast.inventory.golang.GoCataloger} finds the build information that the Go linker leaves in a program:
 * {@link dev.holdfast.inventory.program.Program} knows the layout of ELF, PE and Mach-O files,
 * {@link dev.holdfast.inventory.golang.BuildInformation} decodes the block, {@link dev.holdfast.inventory.golang.ModuleList} its text.
 * Result: the program's own module, each module that was compiled in, and the standard library.
 */
@NullMarked
package dev.holdfast.inventory.golang;

import org.jspecify.annotations.NullMarked;
