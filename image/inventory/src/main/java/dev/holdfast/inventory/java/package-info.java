/**
 * Java archives. {@link dev.holdfast.inventory.java.JavaCataloger} reads the directory of a jar, war, ear and their kin, and of the
 * archives inside it, where they lie: {@link dev.holdfast.inventory.java.ArchiveWalk} visits one archive after another,
 * {@link dev.holdfast.inventory.java.JarContents} sorts its entries, {@link dev.holdfast.inventory.java.Identification} names it.
 * Result: one package record for the archive itself and one for each library merged into it, with the place inside.
 *
 * <p>An archive is named by what it holds: Maven's descriptors, then the manifest and the packages of its classes, and only then its
 * file name. So a renamed jar keeps its identity, and a jar that merely borrows a famous name does not get one.
 */
@NullMarked
package dev.holdfast.inventory.java;

import org.jspecify.annotations.NullMarked;
