/**
 * Programs: {@link dev.holdfast.inventory.program.Program} reads the headers of ELF, PE and Mach-O files and tells which sections lie
 * where. The languages that leave something of what they were built from in a section read it through this.
 */
@NullMarked
package dev.holdfast.inventory.program;

import org.jspecify.annotations.NullMarked;
