/**
 * Packages of Alpine and its descendants. {@link dev.holdfast.inventory.apk.ApkCataloger} reads the {@code installed} database, and
 * {@link dev.holdfast.inventory.apk.ApkOwnership} the file lists in the same database.
 */
@NullMarked
package dev.holdfast.inventory.apk;

import org.jspecify.annotations.NullMarked;
