/**
 * ZIP by random access, for archives that are not trusted. {@link dev.holdfast.archive.zip.ZipArchive} finds the central directory at
 * the end of some {@link dev.holdfast.archive.zip.SeekableBytes}, lists what it names without touching the entries, and hands over
 * single entries: as bytes, or again as {@code SeekableBytes}, so that an archive inside an archive is opened where it lies. Nothing is
 * written to disk.
 */
@NullMarked
package dev.holdfast.archive.zip;

import org.jspecify.annotations.NullMarked;
