package dev.holdfast.oci.registry;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.net.Patience;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How registries are spoken to.
 *
 * @param cache folder in which blobs are kept by digest
 * @param cacheLimit how much of it stays; what was used longest ago goes first
 * @param credentials who asks
 * @param plainHosts hosts that are asked without TLS
 * @param mirrors for a host, the hosts to ask before it
 * @param certificates folders with {@code HOST/*.crt}: certificates trusted for that host besides the platform's
 * @param proxy which proxy to use for which address
 * @param patience how long to wait
 * @param clock by which it is known what was used longest ago
 */
public record RegistrySettings(
        Path cache,
        ByteSize cacheLimit,
        Credentials credentials,
        Set<String> plainHosts,
        Map<String, List<String>> mirrors,
        List<Path> certificates,
        ProxySelector proxy,
        Patience patience,
        InstantSource clock) {
    public RegistrySettings {
        plainHosts = Set.copyOf(plainHosts);
        mirrors = Map.copyOf(mirrors);
        certificates = List.copyOf(certificates);
    }
}
