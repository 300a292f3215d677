/**
 * Gentoo: {@link dev.holdfast.inventory.gentoo.PortageCataloger} reads Portage's database of installed packages.
 */
@NullMarked
package dev.holdfast.inventory.gentoo;

import org.jspecify.annotations.NullMarked;
