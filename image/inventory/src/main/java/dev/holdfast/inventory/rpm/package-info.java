/**
 * Packages of the RPM world. A database is a sequence of header blobs in one of three containers, told apart by their magic:
 * {@link dev.holdfast.inventory.rpm.RpmDatabase} opens a Berkeley DB hash, an NDB file or an SQLite file, each read by our own
 * read-only reader; {@link dev.holdfast.inventory.rpm.RpmHeader} reads one blob. {@link dev.holdfast.inventory.rpm.RpmCataloger} makes
 * packages of them, {@link dev.holdfast.inventory.rpm.RpmOwnership} answers from their file lists.
 */
@NullMarked
package dev.holdfast.inventory.rpm;

import org.jspecify.annotations.NullMarked;
