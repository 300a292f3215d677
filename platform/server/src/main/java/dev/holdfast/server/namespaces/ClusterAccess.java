package dev.holdfast.server.namespaces;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.core.net.PrivateKeyFile;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How to speak to an API server: of a kubeconfig the current context's server with its authority, and a token, a file of one, or a client
 * certificate. Programs that make credentials are not run.
 *
 * @param server such as {@code https://10.0.0.1:443}
 * @param token fixed; empty for none
 * @param tokenFile read anew for every request, for it is replaced every hour
 */
record ClusterAccess(URI server, SSLContext tls, String token, Optional<Path> tokenFile) {
    private static final char[] NO_PASSWORD = {};
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** As the pod's own service account has it. */
    static ClusterAccess ofPod(UnaryOperator<String> environment) throws InputException, IOException {
        String host = environment.apply("KUBERNETES_SERVICE_HOST");
        String port = environment.apply("KUBERNETES_SERVICE_PORT");
        if (host.isEmpty() || !Files.isReadable(ACCOUNT.resolve("token"))) {
            throw new InputException(
                    InputException.Code.USAGE,
                    "this is no pod with a service account's token: name a kubeconfig, or a file of namespaces");
        }
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return new ClusterAccess(
                URI.create("https://" + bracketed + ":" + (port.isEmpty() ? "443" : port)),
                context(CertificateFile.read(ACCOUNT.resolve("ca.crt")), Optional.empty()),
                "",
                Optional.of(ACCOUNT.resolve("token")));
    }

    static ClusterAccess of(Path kubeconfig) throws InputException, IOException {
        List<Document> documents = new YamlReader(Schema.CORE, Limits.DEFAULT).read(Files.readString(kubeconfig));
        if (documents.size() != 1 || !(documents.getFirst() instanceof Document.Read(Node root, int _))) {
            throw wrong(kubeconfig, "no kubeconfig");
        }
        Node context = named(root, "contexts", root.textAt("current-context").orElse(""), kubeconfig, "context");
        Node cluster = named(root, "clusters", context.textAt("cluster").orElse(""), kubeconfig, "cluster");
        Node user = named(root, "users", context.textAt("user").orElse(""), kubeconfig, "user");
        if (user.get("exec").isPresent() || user.get("auth-provider").isPresent()) {
            throw wrong(kubeconfig, "its user gets credentials from a program; give a token or a certificate");
        }
        Optional<byte[]> authority = bytes(cluster, "certificate-authority", kubeconfig);
        return new ClusterAccess(
                URI.create(cluster.textAt("server").orElseThrow(() -> wrong(kubeconfig, "its cluster has no server"))),
                context(authority.isPresent() ? certificates(authority.get()) : List.of(), identity(user, kubeconfig)),
                user.textAt("token").orElse(""),
                user.textAt("tokenFile").map(kubeconfig.toAbsolutePath()::resolveSibling));
    }

    private static Node named(Node root, String list, String name, Path file, String what) throws InputException {
        for (Node element : root.get(list).map(Node::elements).orElse(List.of())) {
            if (element.textAt("name").orElse("").equals(name)
                    && element.get(what).isPresent()) {
                return element.get(what).get();
            }
        }
        throw wrong(file, "it has no " + what + " \"" + name + "\"");
    }

    /** What stands in it in base64, else what the file holds that it names. */
    private static Optional<byte[]> bytes(Node node, String key, Path kubeconfig) throws InputException, IOException {
        Optional<String> inside = node.textAt(key + "-data");
        Optional<String> file = node.textAt(key);
        try {
            if (inside.isPresent()) {
                return Optional.of(Base64.getMimeDecoder().decode(inside.get()));
            }
            return file.isPresent()
                    ? Optional.of(Files.readAllBytes(kubeconfig.toAbsolutePath().resolveSibling(file.get())))
                    : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            throw wrong(kubeconfig, key + "-data is no base64");
        }
    }

    private record Identity(List<X509Certificate> chain, PrivateKey key) {}

    private static Optional<Identity> identity(Node user, Path kubeconfig) throws InputException, IOException {
        Optional<byte[]> chain = bytes(user, "client-certificate", kubeconfig);
        Optional<byte[]> key = bytes(user, "client-key", kubeconfig);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("holdfast-", ".key");
        try {
            Files.write(file, key.get());
            return Optional.of(new Identity(certificates(chain.get()), PrivateKeyFile.read(file)));
        } finally {
            Files.delete(file);
        }
    }

    private static List<X509Certificate> certificates(byte[] pem) throws IOException {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            return certificates;
        } catch (CertificateException unreadable) {
            throw new IOException(
                    "a certificate for the API server cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static SSLContext context(List<X509Certificate> authorities, Optional<Identity> identity)
            throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("a" + i, authorities.get(i));
            }
            trust.init(authorities.isEmpty() ? null : trusted);
            KeyManager[] keys = {};
            if (identity.isPresent()) {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(null, NO_PASSWORD);
                own.setKeyEntry(
                        "own",
                        identity.get().key(),
                        NO_PASSWORD,
                        identity.get().chain().toArray(X509Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(own, NO_PASSWORD);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException wrong) {
            throw new IOException("certificates for the API server cannot be used: " + wrong.getMessage(), wrong);
        }
    }

    /** What goes into the Authorization header; empty for none. */
    String bearer() throws IOException {
        String text = tokenFile.isPresent()
                ? Files.readString(tokenFile.get(), StandardCharsets.UTF_8).strip()
                : token;
        return text.isEmpty() ? "" : "Bearer " + text;
    }

    private static InputException wrong(Path file, String what) {
        return new InputException(InputException.Code.MALFORMED, file + ": " + what);
    }
}
