/**
 * Readers of archives and compressed streams for hostile bytes.
 *
 * <p>Bytes come in as a {@link dev.holdfast.archive.ByteSource}. {@link dev.holdfast.archive.Compression} looks at the first of them and
 * opens what they are: gzip of several members, zstd of several frames, xz, bzip2, or nothing. {@link dev.holdfast.archive.TarWalker} is
 * handed the unfolded bytes in whatever pieces they come, and tells a {@link dev.holdfast.archive.TarSink} about each entry. Nothing is
 * held but one header; what a caller does not want is passed over without a copy.
 *
 * <p>What is wrong with the bytes is an {@link dev.holdfast.core.InputException}; what is wrong with the disk is an
 * {@link java.io.IOException}.
 */
@NullMarked
package dev.holdfast.archive;

import org.jspecify.annotations.NullMarked;
