package dev.holdfast.oci;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.oci.registry.RegistrySettings;
import java.nio.file.Path;

/** Where a target is. */
public sealed interface Place {
    /** A file or folder. */
    record Files(Path path) implements Place {}

    /** An image in a registry. */
    record InRegistry(ImageReference reference, RegistrySettings settings) implements Place {}

    /**
     * An image in a container engine with Docker's API: Docker, or Podman's service.
     *
     * @param socket the engine's Unix socket
     * @param image name or id, as the engine knows it
     */
    record InEngine(Path socket, String image) implements Place {}

    /**
     * A container of such an engine, running or not: its file system as it is now.
     *
     * @param container name or id
     */
    record Container(Path socket, String container) implements Place {}

    /**
     * An image in containerd's store, as a node of a cluster has it.
     *
     * @param root containerd's folder
     * @param namespace the only one to look in; empty: in all
     * @param image name, or digest
     */
    record InContainerd(Path root, String namespace, String image) implements Place {}

    /** An image that was looked at before, wherever it was: what is remembered of it is all there is. */
    record Remembered(Digest digest) implements Place {}
}
