package dev.holdfast.server;

import io.helidon.common.tls.Tls;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
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

    Tls tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return Tls.builder().sslContext(context).build();
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
