/**
 * OpenWrt and its like: {@link dev.holdfast.inventory.opkg.OpkgCataloger} reads opkg's database of installed packages.
 */
@NullMarked
package dev.holdfast.inventory.opkg;

import org.jspecify.annotations.NullMarked;
