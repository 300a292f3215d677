/**
 * C and C++: {@link dev.holdfast.inventory.cpp.ConanCataloger} and {@link dev.holdfast.inventory.cpp.VcpkgCataloger}.
 */
@NullMarked
package dev.holdfast.inventory.cpp;

import org.jspecify.annotations.NullMarked;
