/**
 * Pulls images from registries that speak the OCI distribution protocol (distribution-spec 1.1, which Docker's own registries speak too).
 * {@link dev.holdfast.oci.registry.Registry} fetches manifests and blobs of one repository; {@link dev.holdfast.oci.registry.Requests}
 * does what each request needs: {@link dev.holdfast.oci.registry.Authorization}, mirrors, redirects, waiting and trying again. Blobs are
 * kept by their digest in a {@link dev.holdfast.oci.registry.BlobCache}.
 */
@NullMarked
package dev.holdfast.oci.registry;

import org.jspecify.annotations.NullMarked;
