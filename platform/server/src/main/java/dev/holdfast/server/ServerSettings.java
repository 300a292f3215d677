package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.policy.Exemption;
import dev.holdfast.server.images.ImageScan;
import dev.holdfast.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens, what it reads, and what it remembers.
 *
 * @param door where it listens
 * @param admission the settings of the webhook
 * @param namespace where the server itself runs; what it needs there must stay admissible
 * @param namespaces where labels of namespaces come from
 * @param memory what is remembered of images and decisions; empty: nothing
 * @param reports where reports of scans made elsewhere are taken; empty: nowhere
 * @param exceptions what else does not count besides what the settings name; empty: nothing
 * @param notice how long it goes on answering after it told that it ends: until nobody's list of servers has it any more
 */
public record ServerSettings(
        Door door,
        Path admission,
        String namespace,
        NamespaceSource namespaces,
        Optional<MemorySettings> memory,
        Optional<ReportDoor> reports,
        Optional<ExceptionFile> exceptions,
        Duration notice) {
    private static final Duration USUAL_NOTICE = Duration.ofSeconds(2);

    /** Only the webhook, which knows nothing but what it is asked. */
    public static ServerSettings of(
            String host, int port, Path certificate, Path key, Path admission, String namespace) {
        return new ServerSettings(
                new Door(host, port, certificate, key),
                admission,
                namespace,
                new NamespaceSource.Nowhere(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                USUAL_NOTICE);
    }

    public ServerSettings with(NamespaceSource given) {
        return new ServerSettings(door, admission, namespace, given, memory, reports, exceptions, notice);
    }

    public ServerSettings with(MemorySettings given) {
        return new ServerSettings(
                door, admission, namespace, namespaces, Optional.of(given), reports, exceptions, notice);
    }

    public ServerSettings with(ReportDoor given) {
        return new ServerSettings(
                door, admission, namespace, namespaces, memory, Optional.of(given), exceptions, notice);
    }

    public ServerSettings with(ExceptionFile given) {
        return new ServerSettings(door, admission, namespace, namespaces, memory, reports, Optional.of(given), notice);
    }

    public ServerSettings withNotice(Duration given) {
        return new ServerSettings(door, admission, namespace, namespaces, memory, reports, exceptions, given);
    }

    /**
     * Where it listens.
     *
     * @param host the address to listen on
     * @param port 0 for any that is free
     * @param certificate PEM, the server's own first; its SAN must hold the name by which the API server calls
     * @param key PEM, without a password
     */
    public record Door(String host, int port, Path certificate, Path key) {}

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
     * The exceptions that checks of files honour as well, read anew when the file changes.
     *
     * @param reader reads it
     */
    public record ExceptionFile(Path file, Reader reader) {
        /** Knows how such a file is written. */
        @FunctionalInterface
        public interface Reader {
            List<Exemption> read(Path file) throws InputException, IOException;
        }

        /** Those that can hold at admission: an object that is asked about stands in no file. */
        List<Exemption> read() throws InputException, IOException {
            return reader.read(file).stream()
                    .filter(exemption -> exemption.path().isEmpty())
                    .toList();
        }
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
