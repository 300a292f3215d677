/**
 * Asks a container engine on this machine for images and containers. {@link dev.holdfast.oci.engine.ContainerEngine} knows the few calls of
 * Docker's API that are needed, which Podman's service understands too; {@link dev.holdfast.oci.engine.UnixHttp} carries them.
 */
@NullMarked
package dev.holdfast.oci.engine;

import org.jspecify.annotations.NullMarked;
