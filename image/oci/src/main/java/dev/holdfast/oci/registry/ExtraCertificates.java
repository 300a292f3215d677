package dev.holdfast.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates that are trusted for one host besides the platform's: {@code FOLDER/HOST/*.crt}, PEM, as Docker and Podman have them. */
final class ExtraCertificates {
    private ExtraCertificates() {}

    /** A TLS context that trusts the platform's certificates and these; empty when there are none. */
    static Optional<SSLContext> of(String host, List<Path> folders) throws IOException {
        List<Certificate> extra = new ArrayList<>();
        for (Path folder : folders) {
            Path own = folder.resolve(host);
            if (own.startsWith(folder) && Files.isDirectory(own)) {
                read(own, extra);
            }
        }
        if (extra.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(context(extra));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("certificates for " + host + ": " + unusable.getMessage(), unusable);
        }
    }

    private static void read(Path folder, List<Certificate> into) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    into.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
                } catch (GeneralSecurityException unusable) {
                    throw new IOException(file + ": no certificate: " + unusable.getMessage(), unusable);
                }
            }
        }
    }

    private static SSLContext context(List<Certificate> extra) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager manager : platform().getTrustManagers()) {
            if (manager instanceof X509TrustManager trusted) {
                for (X509Certificate certificate : trusted.getAcceptedIssuers()) {
                    all.setCertificateEntry("platform-" + number++, certificate);
                }
            }
        }
        for (Certificate certificate : extra) {
            all.setCertificateEntry("extra-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(all);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory platform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory;
    }
}
