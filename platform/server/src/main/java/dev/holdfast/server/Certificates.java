package dev.holdfast.server;

import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.core.net.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** A pair half replaced would break every connection: what one signs, the other must confirm. */
    private boolean belongTogether() {
        PublicKey of = chain.getFirst().getPublicKey();
        String kind = of.getAlgorithm().equals("EC") ? "ECDSA" : of.getAlgorithm();
        try {
            Signature signature = Signature.getInstance(kind.startsWith("Ed") ? kind : "SHA256with" + kind);
            byte[] anything = chain.getFirst().getSignature();
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(of);
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    /** The last moment at which clients take it. */
    Instant expires() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** What a person should know of it; empty when nothing is wrong with it. */
    Optional<String> complaint(Instant now) {
        if (expires().isBefore(now)) {
            return Optional.of("the certificate expired on " + expires() + ": no API server takes it any more");
        }
        Instant begins = chain.getFirst().getNotBefore().toInstant();
        if (begins.isAfter(now)) {
            return Optional.of("the certificate begins on " + begins + ": no API server takes it yet");
        }
        return Optional.empty();
    }
}
