/**
 * From rule files to rules. {@link dev.holdfast.rules.load.ItemReader} reads the items of one file and puts them into the
 * {@link dev.holdfast.rules.load.Collected} ones, where later items redefine, append to and override earlier ones;
 * {@link dev.holdfast.rules.load.Compilation} then resolves lists and macros and checks what is left against the fields of its source. What is
 * wrong becomes a problem with its place; what only follows from it is not told again.
 */
@NullMarked
package dev.holdfast.rules.load;

import org.jspecify.annotations.NullMarked;
