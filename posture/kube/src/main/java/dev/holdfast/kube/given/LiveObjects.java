package dev.holdfast.kube.given;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.KubeClient;
import dev.holdfast.kube.KubeConfigFile;
import dev.holdfast.manifest.kubernetes.ListItems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The objects of a running cluster that matter to a question, as its API server lists them.
 *
 * @param collections which ones: {@code /api/v1/pods}
 * @param kubeConfig the file with server and credentials
 * @param environment reads environment variables, for the proxy
 */
public record LiveObjects(List<String> collections, Path kubeConfig, UnaryOperator<String> environment) {
    /** What a given word begins with that means a running cluster; a context of the kubeconfig may follow. */
    public static final String PREFIX = "cluster:";

    public LiveObjects {
        collections = List.copyOf(collections);
    }

    /** What the server does not show is a gap, and makes every "no" uncertain. */
    void read(String given, ObjectSink sink, Limits limits) throws InputException, IOException {
        String context = given.substring(PREFIX.length());
        try (KubeClient client = new KubeClient(KubeConfigFile.read(kubeConfig, context), environment, limits)) {
            for (String collection : collections) {
                String name = given + collection.substring(collection.lastIndexOf('/') + 1);
                switch (client.list(collection, page -> ListItems.each(page, object -> sink.read(name, object)))) {
                    case KubeClient.Listing.Whole() -> {}
                    case KubeClient.Listing.Refused(String why) -> sink.add(new Gap(Gap.Code.NO_PERMISSION, name, why));
                }
            }
        }
    }
}
