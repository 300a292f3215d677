@NullMarked
package dev.holdfast.inventory.ocaml;

import org.jspecify.annotations.NullMarked;
