package dev.holdfast.oci.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a server and of a client that trust each other, made by the JDK's {@code keytool} for one test. */
public final class Certificates {
    private static final String PASSWORD = "of one test";

    private final KeyStore server;
    private final KeyStore client;

    private Certificates(KeyStore server, KeyStore client) {
        this.server = server;
        this.client = client;
    }

    /** @param folder where the key stores are made; it must not exist */
    public static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectory(folder);
        return new Certificates(
                keyStore(folder.resolve("server.p12"), "127.0.0.1"), keyStore(folder.resolve("client.p12"), "robot"));
    }

    private static KeyStore keyStore(Path file, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "own"));
        words.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
        words.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD));
        words.addAll(List.of("-keystore", file.toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + told);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** What the server uses: its own certificate, and the client's to trust. */
    public SSLContext server() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.getCertificate("own"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The server's certificate. */
    public void writeTrusted(Path file) throws IOException, GeneralSecurityException {
        write(file, "CERTIFICATE", server.getCertificate("own").getEncoded());
    }

    /** The client's certificate and key. */
    public void writeShown(Path certificate, Path key) throws IOException, GeneralSecurityException {
        write(certificate, "CERTIFICATE", client.getCertificate("own").getEncoded());
        write(key, "PRIVATE KEY", client.getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }
}
