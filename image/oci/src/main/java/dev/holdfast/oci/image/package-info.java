/**
 * The formats of images: {@link dev.holdfast.oci.image.DockerArchive}, {@link dev.holdfast.oci.image.OciLayout} and
 * {@link dev.holdfast.oci.image.RootFileSystem}; registries and container engines are read as one of them
 * ({@link dev.holdfast.oci.image.RegistryStore}, {@link dev.holdfast.oci.image.EngineStore}). All become an
 * {@link dev.holdfast.oci.image.ImageTarget} whose layers are read and merged.
 *
 * <p>Public only for the other rooms of this module; who uses images uses {@link dev.holdfast.oci.Targets}.
 */
@NullMarked
package dev.holdfast.oci.image;

import org.jspecify.annotations.NullMarked;
