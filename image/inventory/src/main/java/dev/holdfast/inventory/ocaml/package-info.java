/**
 * OCaml: {@link dev.holdfast.inventory.ocaml.OpamCataloger} reads what opam installed and locks.
 */
@NullMarked
package dev.holdfast.inventory.ocaml;

import org.jspecify.annotations.NullMarked;
