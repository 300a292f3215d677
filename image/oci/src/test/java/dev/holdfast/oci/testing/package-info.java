/**
 * Makes container images byte by byte, for tests of whoever reads them: the same calls give the same bytes on every machine.
 *
 * <p>{@link dev.holdfast.oci.testing.LayerBuilder} writes a layer's tar: files, links, whiteouts, devices, and every dialect and malice of
 * the format, down to single header fields with {@link dev.holdfast.oci.testing.TarHeaderBuilder}.
 * {@link dev.holdfast.oci.testing.ImageBuilder} puts layers into an image, and {@link dev.holdfast.oci.testing.ArchiveBuilder} images
 * into a docker-archive of any writer's style, or an OCI layout as tar or folder.
 *
 * <pre>{@code
 * byte[] archive = ArchiveBuilder.dockerArchive(ImageBuilder.image()
 *         .tag("shop:1")
 *         .layer(LayerBuilder.layer().file("etc/os-release", "ID=debian\n").file("app/a.jar", jar))
 *         .layer(LayerBuilder.layer().whiteout("app/a.jar"), Folding.GZIP));
 * }</pre>
 */
@NullMarked
package dev.holdfast.oci.testing;

import org.jspecify.annotations.NullMarked;
