package dev.holdfast.kube;

import dev.holdfast.core.InputException;
import dev.holdfast.core.net.CertificateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The service account of the pod that this runs in, as Kubernetes mounts it: {@code token}, which is replaced every hour, and {@code ca.crt}. */
public final class PodAccount {
    private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private PodAccount() {}

    /**
     * Reads it.
     *
     * @param environment reads environment variables, in which the server's address stands; empty text for none
     * @throws InputException when this is no pod, or one without an account
     */
    public static KubeConfig config(UnaryOperator<String> environment) throws InputException, IOException {
        String host = environment.apply("KUBERNETES_SERVICE_HOST");
        String port = environment.apply("KUBERNETES_SERVICE_PORT");
        Path token = FOLDER.resolve("token");
        if (host.isEmpty() || !Files.isReadable(token)) {
            throw new InputException(
                    InputException.Code.USAGE,
                    "this is no pod with a service account's token: name a kubeconfig, or a file of namespaces");
        }
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return new KubeConfig(
                "of this pod",
                URI.create("https://" + bracketed + ":" + (port.isEmpty() ? "443" : port)),
                CertificateFile.read(FOLDER.resolve("ca.crt")),
                Optional.empty(),
                Optional.of(token),
                Optional.empty());
    }
}
