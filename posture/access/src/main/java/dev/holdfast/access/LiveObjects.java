package dev.holdfast.access;

import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.KubeClient;
import dev.holdfast.kube.KubeConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The objects of a running cluster that matter to access, as its API server lists them. Secrets are not among them: to say who can reach
 * cluster-admin nobody need read them.
 *
 * @param kubeConfig the file with server and credentials
 * @param environment reads environment variables, for the proxy
 */
public record LiveObjects(Path kubeConfig, UnaryOperator<String> environment) {
    /** What a given word begins with that means a running cluster; a context of the kubeconfig may follow. */
    public static final String PREFIX = "cluster:";

    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final List<String> COLLECTIONS = List.of(
            RBAC + "clusterroles",
            RBAC + "clusterrolebindings",
            RBAC + "roles",
            RBAC + "rolebindings",
            "/api/v1/serviceaccounts",
            "/api/v1/namespaces",
            "/api/v1/pods");

    /** What the server does not show is a gap, and makes every "no" uncertain. */
    void read(String given, ClusterReader reader, Limits limits) throws InputException, IOException {
        String context = given.substring(PREFIX.length());
        try (KubeClient client = new KubeClient(KubeConfigFile.read(kubeConfig, context), environment, limits)) {
            for (String collection : COLLECTIONS) {
                String name = given + collection.substring(collection.lastIndexOf('/') + 1);
                switch (client.list(collection, page -> reader.read(name, page))) {
                    case KubeClient.Listing.Whole() -> {}
                    case KubeClient.Listing.Refused(String why) ->
                        reader.add(new Gap(Gap.Code.NO_PERMISSION, name, why));
                }
            }
        }
    }
}
