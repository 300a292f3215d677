package dev.holdfast.kube;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.CertificateFile;
import dev.holdfast.core.net.PrivateKeyFile;
import dev.holdfast.kube.KubeConfig.ClientCertificate;
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
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a kubeconfig, the file in which kubectl keeps clusters and credentials.
 *
 * <pre>
 *   current-context: NAME
 *   contexts: [ { name, context: { cluster: NAME, user: NAME } } … ]
 *   clusters: [ { name, cluster: { server: URL, certificate-authority(-data) } } … ]
 *   users:    [ { name, user: { token | tokenFile, client-certificate(-data), client-key(-data) } } … ]
 * </pre>
 *
 * <p>What ends in {@code -data} is base64; else it names a file, from the kubeconfig's own folder. What would run a program
 * ({@code exec}, {@code auth-provider}), send a password, or talk to a server whom nobody vouches for is refused, and the message says what to
 * do instead.
 */
public final class KubeConfigFile {
    private static final long MOST_BYTES = 4L << 20;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Path file;
    private final Node root;

    private KubeConfigFile(Path file, Node root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads the file.
     *
     * @param context which of its contexts; empty: the current one
     */
    public static KubeConfig read(Path file, String context) throws InputException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    InputException.Code.NOT_FOUND, file + ": no kubeconfig; KUBECONFIG or --kubeconfig names one");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, file + ": larger than 4 MiB, so no kubeconfig");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<Document> documents = new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                .read(new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        if (documents.size() != 1) {
            throw new InputException(
                    InputException.Code.MALFORMED, file + ": expected one document, found " + documents.size());
        }
        return switch (documents.getFirst()) {
            case Document.Read(Node root, int _) -> new KubeConfigFile(file, root).config(context);
            case Document.Broken(int line, int column, String problem) ->
                throw new InputException(
                        InputException.Code.MALFORMED, file + ":" + line + ":" + column + ": " + problem);
        };
    }

    private KubeConfig config(String asked) throws InputException, IOException {
        String name = asked.isEmpty() ? root.textAt("current-context").orElse("") : asked;
        if (name.isEmpty()) {
            throw wrong("it has no current context; name one as cluster:CONTEXT");
        }
        Node context = named("contexts", name, "context");
        Node cluster = named("clusters", context.textAt("cluster").orElse(""), "cluster");
        Node user = context.textAt("user").filter(word -> !word.isEmpty()).isPresent()
                ? named("users", context.textAt("user").get(), "user")
                : root; // nobody: it holds no credentials at its top
        for (String field : List.of("tls-server-name", "proxy-url")) {
            if (cluster.get(field).isPresent()) {
                throw wrong("the cluster of " + name + " has " + field + ", which is not supported");
            }
        }
        refuseWhatIsUnsafe(name, cluster, user);
        return new KubeConfig(
                name,
                server(name, cluster),
                certificates(cluster, "certificate-authority"),
                user.textAt("token").filter(text -> !text.isEmpty()),
                user.textAt("tokenFile").filter(text -> !text.isEmpty()).map(this::beside),
                certificate(user));
    }

    private void refuseWhatIsUnsafe(String name, Node cluster, Node user) throws InputException {
        if (cluster.get("insecure-skip-tls-verify").filter(Node::isTrue).isPresent()) {
            throw wrong(
                    "the cluster of " + name + " has insecure-skip-tls-verify: credentials would go to whoever answers;"
                            + " give its certificate-authority");
        }
        for (String field : List.of("exec", "auth-provider")) {
            if (user.get(field).isPresent()) {
                throw wrong(
                        "the user of " + name + " has " + field + ": no program is run to get credentials; use a token"
                                + " (kubectl create token), or pipe what kubectl prints");
            }
        }
        if (user.get("password").isPresent()) {
            throw wrong("the user of " + name + " has a password, which API servers no longer take");
        }
    }

    private Node named(String list, String name, String what) throws InputException {
        for (Node each : root.get(list).map(Node::elements).orElse(List.of())) {
            Optional<Node> value = each.get(what);
            if (each.textAt("name").orElse("").equals(name) && value.isPresent()) {
                return value.get();
            }
        }
        throw wrong("it has no " + what + " \"" + name + "\"");
    }

    private URI server(String name, Node cluster) throws InputException {
        String given = cluster.textAt("server").orElse("");
        try {
            URI server = URI.create(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
            String host = server.getHost();
            boolean isSafe = "https".equals(server.getScheme())
                    || "http".equals(server.getScheme()) && THIS_MACHINE.contains(String.valueOf(host));
            if (host != null && isSafe && server.getRawQuery() == null && server.getUserInfo() == null) {
                return server;
            }
        } catch (IllegalArgumentException noAddress) {
            // said below
        }
        throw wrong("the cluster of " + name + " has the server \"" + given
                + "\"; an address that begins with https:// is needed");
    }

    private Optional<ClientCertificate> certificate(Node user) throws InputException, IOException {
        List<X509Certificate> chain = certificates(user, "client-certificate");
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> key = user.textAt("client-key");
        Optional<byte[]> text = decoded(user, "client-key");
        if (text.isPresent()) {
            String pem = new String(text.get(), StandardCharsets.ISO_8859_1);
            return Optional.of(new ClientCertificate(chain, PrivateKeyFile.of(pem, file + ": client-key-data")));
        }
        if (key.isEmpty()) {
            throw wrong("a user has a client certificate and no client-key");
        }
        return Optional.of(new ClientCertificate(chain, PrivateKeyFile.read(beside(key.get()))));
    }

    private List<X509Certificate> certificates(Node owner, String field) throws InputException, IOException {
        Optional<byte[]> text = decoded(owner, field);
        if (text.isPresent()) {
            return CertificateFile.read(new ByteArrayInputStream(text.get()), file + ": " + field + "-data");
        }
        Optional<String> name = owner.textAt(field).filter(path -> !path.isEmpty());
        return name.isPresent() ? CertificateFile.read(beside(name.get())) : List.of();
    }

    private Optional<byte[]> decoded(Node owner, String field) throws InputException {
        Optional<String> text = owner.textAt(field + "-data").filter(data -> !data.isEmpty());
        try {
            return text.map(data -> Base64.getMimeDecoder().decode(data));
        } catch (IllegalArgumentException noBase64) {
            throw wrong(field + "-data is no base64");
        }
    }

    private Path beside(String name) {
        return file.toAbsolutePath().resolveSibling(name);
    }

    private InputException wrong(String what) {
        return new InputException(InputException.Code.MALFORMED, file + ": " + what);
    }
}
