/**
 * Where bytes lie: the members of an archive, the files of a layout, what was fetched or spooled. A {@link dev.holdfast.oci.store.BlobStore} finds
 * {@link dev.holdfast.oci.store.Blob}s by name; {@link dev.holdfast.oci.store.ArchiveFile} opens what was given as one file, unfolding it when it must.
 *
 * <p>Public only for the other rooms of this module; who uses images uses {@link dev.holdfast.oci.Targets}.
 */
@NullMarked
package dev.holdfast.oci.store;

import org.jspecify.annotations.NullMarked;
