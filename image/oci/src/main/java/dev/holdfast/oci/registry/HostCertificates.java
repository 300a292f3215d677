package dev.holdfast.oci.registry;

import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.core.net.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What TLS with one host needs besides the platform's certificates, in a folder of the host's name, as Docker and Podman have it:
 *
 * <pre>
 *   FOLDER/HOST/*.crt                certificates to trust, PEM
 *   FOLDER/HOST/x.cert, x.key        a certificate to show, with its chain, and its key, PEM without a password
 * </pre>
 */
final class HostCertificates {
    /** Keys are kept in memory only, in a store that wants a password. */
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private final List<Certificate> trusted = new ArrayList<>();
    private final KeyStore shown;

    private HostCertificates() throws GeneralSecurityException, IOException {
        shown = empty();
    }

    /** A TLS context for the host; empty when there is nothing but the platform's. */
    static Optional<SSLContext> of(String host, List<Path> folders) throws IOException {
        try {
            HostCertificates certificates = new HostCertificates();
            for (Path folder : folders) {
                Path own = folder.resolve(host);
                if (own.startsWith(folder) && Files.isDirectory(own)) {
                    certificates.readTrusted(own);
                    certificates.readShown(own);
                }
            }
            boolean isNothing = certificates.trusted.isEmpty() && certificates.shown.size() == 0;
            return isNothing ? Optional.empty() : Optional.of(certificates.context());
        } catch (GeneralSecurityException unusable) {
            throw new IOException("certificates for " + host + ": " + unusable.getMessage(), unusable);
        }
    }

    private void readTrusted(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (Path file : files) {
                trusted.addAll(CertificateFile.read(file));
            }
        }
    }

    private void readShown(Path folder) throws IOException, GeneralSecurityException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.cert")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                Path keyFile = file.resolveSibling(name.substring(0, name.length() - ".cert".length()) + ".key");
                if (!Files.isRegularFile(keyFile)) {
                    throw new IOException(file + ": a certificate to show needs its key, " + keyFile.getFileName());
                }
                PrivateKey key = PrivateKeyFile.read(keyFile);
                shown.setKeyEntry(
                        name, key, IN_MEMORY, CertificateFile.read(file).toArray(Certificate[]::new));
            }
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore all = empty();
        int number = 0;
        for (TrustManager manager : platform().getTrustManagers()) {
            if (manager instanceof X509TrustManager usual) {
                for (X509Certificate certificate : usual.getAcceptedIssuers()) {
                    all.setCertificateEntry("platform-" + number++, certificate);
                }
            }
        }
        for (Certificate certificate : trusted) {
            all.setCertificateEntry("extra-" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(all);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, IN_MEMORY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static TrustManagerFactory platform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory;
    }
}
