package dev.holdfast.core.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a file: X.509 in PEM, several in their order, or one in DER. */
public final class CertificateFile {
    private CertificateFile() {}

    /** @throws IOException when it cannot be read, or holds no certificate */
    public static List<X509Certificate> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * The certificates of a stream.
     *
     * @param name what messages call it
     */
    public static List<X509Certificate> read(InputStream in, String name) throws IOException {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (java.security.cert.Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (each instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new CertificateException("the file is empty");
            }
            return certificates;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(name + ": no certificate: " + unusable.getMessage(), unusable);
        }
    }
}
