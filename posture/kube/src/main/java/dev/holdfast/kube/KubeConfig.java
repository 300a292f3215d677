package dev.holdfast.kube;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Which API server to ask, and as whom.
 *
 * @param context the name of this choice, for messages
 * @param server {@code https}; {@code http} only to this very machine, where {@code kubectl proxy} listens
 * @param authorities who may vouch for the server; none: whom the JDK trusts
 * @param token sent as a bearer token
 * @param tokenFile holds such a token, and is read anew for every request: a pod's is replaced every hour
 * @param certificate shown to the server
 */
public record KubeConfig(
        String context,
        URI server,
        List<X509Certificate> authorities,
        Optional<String> token,
        Optional<Path> tokenFile,
        Optional<ClientCertificate> certificate) {
    public KubeConfig {
        authorities = List.copyOf(authorities);
    }

    /** What goes into the header {@code Authorization}; empty for nothing. */
    public String authorization() throws IOException {
        String text = tokenFile.isPresent() && token.isEmpty()
                ? Files.readString(tokenFile.get()).strip()
                : token.orElse("");
        return text.isEmpty() ? "" : "Bearer " + text;
    }

    /** A client's certificate, its own first, and its key. */
    public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        public ClientCertificate {
            chain = List.copyOf(chain);
        }
    }
}
