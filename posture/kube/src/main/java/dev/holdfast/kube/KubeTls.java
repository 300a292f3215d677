package dev.holdfast.kube;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The TLS by which a configuration's server is believed, and by which it believes us. */
public final class KubeTls {
    private KubeTls() {}

    /**
     * Of a configuration.
     *
     * @throws IOException when its certificates cannot be used
     */
    public static SSLContext context(KubeConfig config) throws IOException {
        try {
            return made(config);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the certificates of the context " + config.context() + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    private static SSLContext made(KubeConfig config) throws GeneralSecurityException, IOException {
        KeyManager[] keys = {};
        if (config.certificate().isPresent()) {
            KeyStore store = empty();
            store.setKeyEntry(
                    "client",
                    config.certificate().get().key(),
                    new char[0],
                    config.certificate().get().chain().toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        Optional<KeyStore> authorities = Optional.empty();
        if (!config.authorities().isEmpty()) {
            KeyStore store = empty();
            for (X509Certificate each : config.authorities()) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            authorities = Optional.of(store);
        }
        trust.init(authorities.orElse(null)); // null: whom the JDK trusts
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        return store;
    }
}
