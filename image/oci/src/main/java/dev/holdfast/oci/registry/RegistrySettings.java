package dev.holdfast.oci.registry;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.net.Patience;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * How registries are spoken to.
 *
 * @param cache folder in which blobs are kept by digest
 * @param cacheLimit how much of it stays; what was used longest ago goes first
 * @param credentials who asks
 * @param rules where to ask
 * @param certificates folders with what TLS with a host needs, see {@link HostCertificates}
 * @param proxy which proxy to use for which address
 * @param patience how long to wait
 * @param clock by which it is known what was used longest ago
 */
public record RegistrySettings(
        Path cache,
        ByteSize cacheLimit,
        Credentials credentials,
        RegistryRules rules,
        List<Path> certificates,
        ProxySelector proxy,
        Patience patience,
        InstantSource clock) {
    public RegistrySettings {
        certificates = List.copyOf(certificates);
    }
}
