package dev.holdfast.server;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows every new connection the certificate of the moment; a connection that stands keeps the one it was made with. */
final class ReplaceableKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    private volatile Certificates certificates;

    ReplaceableKeys(Certificates certificates) {
        this.certificates = certificates;
    }

    void replace(Certificates next) {
        certificates = next;
    }

    /** For whoever calls. */
    Tls tls() {
        return Tls.builder().sslContext(context(null)).build();
    }

    /** For those alone who have a certificate of these authorities. */
    Tls tlsFor(List<X509Certificate> authorities) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("a" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return Tls.builder()
                    .sslContext(context(trust.getTrustManagers()))
                    .clientAuth(TlsClientAuth.REQUIRED)
                    .build();
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the authority of those who report cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private SSLContext context(TrustManager @Nullable [] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, trust, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    private @Nullable String alias(@Nullable String algorithm) {
        String ours = certificates.key().getAlgorithm();
        return algorithm == null || ours.startsWith(algorithm) || algorithm.startsWith(ours) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String algorithm, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(algorithm);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String algorithm, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(algorithm);
    }

    @Override
    public String[] getServerAliases(String algorithm, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return certificates.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return certificates.key();
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] algorithms, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null; // it calls nobody
    }

    @Override
    public String[] getClientAliases(String algorithm, Principal @Nullable [] issuers) {
        return new String[0];
    }
}
