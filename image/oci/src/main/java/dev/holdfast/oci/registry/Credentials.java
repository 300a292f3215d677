package dev.holdfast.oci.registry;

import java.io.IOException;
import java.util.Optional;

/** Where credentials come from. */
@FunctionalInterface
public interface Credentials {
    /** Nobody's: registries are asked as a stranger. */
    Credentials NONE = repository -> Optional.empty();

    /**
     * The credential for a repository.
     *
     * @param repository host and path, such as {@code ghcr.io/team/shop}
     */
    Optional<Credential> of(String repository) throws IOException;
}
