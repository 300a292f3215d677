package dev.holdfast.server;

import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.core.net.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
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
        Certificates both = new Certificates(CertificateFile.read(certificate), PrivateKeyFile.read(key));
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
