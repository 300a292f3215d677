package dev.holdfast.server;

import dev.holdfast.server.images.ImageScan;
import dev.holdfast.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the server listens, what it reads, and what it remembers.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param certificate PEM, the server's own first; its SAN must hold the name by which the API server calls
 * @param key PEM, without a password
 * @param admission the settings of the webhook
 * @param namespace where the server itself runs; what it needs there must stay admissible
 * @param namespaces where labels of namespaces come from
 * @param memory what is remembered of images and decisions; empty: nothing
 * @param reports where reports of scans made elsewhere are taken; empty: nowhere
 * @param notice how long it goes on answering after it told that it ends: until nobody's list of servers has it any more
 */
public record ServerSettings(
        String host,
        int port,
        Path certificate,
        Path key,
        Path admission,
        String namespace,
        NamespaceSource namespaces,
        Optional<MemorySettings> memory,
        Optional<ReportDoor> reports,
        Duration notice) {
    private static final Duration USUAL_NOTICE = Duration.ofSeconds(2);

    /** Only the webhook, which knows nothing but what it is asked. */
    public static ServerSettings of(
            String host, int port, Path certificate, Path key, Path admission, String namespace) {
        return new ServerSettings(
                host,
                port,
                certificate,
                key,
                admission,
                namespace,
                new NamespaceSource.Nowhere(),
                Optional.empty(),
                Optional.empty(),
                USUAL_NOTICE);
    }

    public ServerSettings with(MemorySettings given) {
        return new ServerSettings(
                host, port, certificate, key, admission, namespace, namespaces, Optional.of(given), reports, notice);
    }

    public ServerSettings with(NamespaceSource given) {
        return new ServerSettings(host, port, certificate, key, admission, namespace, given, memory, reports, notice);
    }

    public ServerSettings with(ReportDoor given) {
        return new ServerSettings(
                host, port, certificate, key, admission, namespace, namespaces, memory, Optional.of(given), notice);
    }

    public ServerSettings withNotice(Duration given) {
        return new ServerSettings(
                host, port, certificate, key, admission, namespace, namespaces, memory, reports, given);
    }

    /** Where labels of namespaces come from. */
    public sealed interface NamespaceSource {
        /** From nowhere: policies see no namespace. */
        record Nowhere() implements NamespaceSource {}

        /** A file of manifests, read anew when it changes. */
        record Listed(Path file) implements NamespaceSource {}

        /** The API server that a kubeconfig names. */
        record Cluster(Path kubeconfig) implements NamespaceSource {}

        /** The API server of the cluster that this runs in. */
        record OwnCluster() implements NamespaceSource {}
    }

    /**
     * What is remembered.
     *
     * @param scan makes the scans that are wanted
     * @param scanners how many at a time; 0: they stay in the queue for others
     * @param holds how long what was found about an image says something
     */
    public record MemorySettings(StoreSettings store, ImageScan scan, int scanners, Duration holds) {}

    /**
     * Where reports are taken, over TLS with the server's own certificate.
     *
     * @param authority PEM: whoever has a certificate of it may report
     */
    public record ReportDoor(String host, int port, Path authority) {}
}
