package dev.holdfast.server;

import dev.holdfast.core.net.PrivateKeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's certificate and key, as files that somebody may replace while it runs.
 *
 * @param chain the server's own first
 */
record Certificates(List<X509Certificate> chain, PrivateKey key) {
    Certificates {
        chain = List.copyOf(chain);
    }

    /** @throws IOException when one of them cannot be read, or they do not belong together */
    static Certificates read(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try (InputStream in = Files.newInputStream(certificate)) {
            for (java.security.cert.Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (each instanceof X509Certificate ours) {
                    chain.add(ours);
                }
            }
        } catch (GeneralSecurityException unusable) {
            throw new IOException(certificate + ": no certificate: " + unusable.getMessage(), unusable);
        }
        if (chain.isEmpty()) {
            throw new IOException(certificate + ": it holds no certificate");
        }
        Certificates both = new Certificates(chain, PrivateKeyFile.read(key));
        if (!both.belongTogether()) {
            throw new IOException(key + ": it is not the key of " + certificate);
        }
        return both;
    }

    /** A pair half replaced would break every connection. */
    private boolean belongTogether() {
        PublicKey of = chain.getFirst().getPublicKey();
        if (of instanceof RSAKey one && key instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        if (of instanceof ECKey one && key instanceof ECKey other) {
            return one.getParams().getCurve().equals(other.getParams().getCurve());
        }
        return of.getAlgorithm().equals(key.getAlgorithm())
                || of.getAlgorithm().startsWith("Ed") && key.getAlgorithm().startsWith("Ed");
    }
}
