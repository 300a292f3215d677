package dev.holdfast.manifest.kustomize;

import dev.holdfast.manifest.kustomize.Configuration.Field;
import dev.holdfast.manifest.kustomize.Configuration.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of the server's own kinds (and of two others) that name objects, as far as Kustomize follows them. */
final class UsualReferences {
    /** Where a kind of object holds the specification of its pods. */
    private static final Map<String, String> PODS = Map.of(
            "Pod", "spec/",
            "PodTemplate", "template/spec/",
            "Deployment", "spec/template/spec/",
            "ReplicaSet", "spec/template/spec/",
            "DaemonSet", "spec/template/spec/",
            "StatefulSet", "spec/template/spec/",
            "ReplicationController", "spec/template/spec/",
            "Job", "spec/template/spec/",
            "CronJob", "spec/jobTemplate/spec/template/spec/");

    /** Those whose ConfigMaps and Secrets are followed. */
    private static final List<String> CONFIGURED =
            List.of("Pod", "PodTemplate", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job", "CronJob");

    /** Those whose accounts, claims and priorities are followed. */
    private static final List<String> PLACED =
            List.of("Pod", "Deployment", "ReplicationController", "DaemonSet", "StatefulSet", "Job", "CronJob");

    private static final String INGRESS_ANNOTATIONS = "metadata/annotations/nginx.ingress.kubernetes.io\\/";

    static final List<Reference> ALL = all();

    private UsualReferences() {}

    private static List<Reference> all() {
        List<Reference> all = new ArrayList<>();
        for (String kind : List.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet")) {
            add(all, kind, "HorizontalPodAutoscaler", "spec/scaleTargetRef/name");
        }
        configuration(all);
        secrets(all);
        services(all);
        pods(all, "ServiceAccount", PLACED, "serviceAccountName");
        pods(all, "PersistentVolumeClaim", PLACED, "volumes/persistentVolumeClaim/claimName");
        pods(all, "PriorityClass", PLACED, "priorityClassName");
        add(all, "PersistentVolume", "PersistentVolumeClaim", "spec/volumeName");
        add(all, "PersistentVolume", "ClusterRole", "rules/resourceNames");
        add(all, "StorageClass", "PersistentVolume", "spec/storageClassName");
        add(all, "StorageClass", "PersistentVolumeClaim", "spec/storageClassName");
        add(all, "StorageClass", "StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName");
        add(all, "IngressClass", "Ingress", "spec/ingressClassName");
        return List.copyOf(all);
    }

    private static void configuration(List<Reference> all) {
        pods(
                all,
                "ConfigMap",
                CONFIGURED,
                "volumes/configMap/name",
                "volumes/projected/sources/configMap/name",
                "containers/env/valueFrom/configMapKeyRef/name",
                "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name",
                "initContainers/envFrom/configMapRef/name");
        add(all, "ConfigMap", "Node", "spec/configSource/configMap");
        add(all, "ConfigMap", "Role", "rules/resourceNames");
        add(all, "ConfigMap", "ClusterRole", "rules/resourceNames");
        add(all, "ConfigMap", "Ingress", INGRESS_ANNOTATIONS + "fastcgi-params-configmap");
    }

    private static void secrets(List<Reference> all) {
        pods(
                all,
                "Secret",
                CONFIGURED,
                "volumes/secret/secretName",
                "volumes/projected/sources/secret/name",
                "containers/env/valueFrom/secretKeyRef/name",
                "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name",
                "initContainers/envFrom/secretRef/name",
                "imagePullSecrets/name");
        add(all, "Secret", "Ingress", "spec/tls/secretName");
        add(all, "Secret", "Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret");
        add(all, "Secret", "Ingress", INGRESS_ANNOTATIONS + "auth-secret");
        add(all, "Secret", "Ingress", INGRESS_ANNOTATIONS + "auth-tls-secret");
        add(all, "Secret", "ServiceAccount", "imagePullSecrets/name");
        for (String parameter : List.of("secretName", "adminSecretName", "userSecretName", "secretRef")) {
            add(all, "Secret", "StorageClass", "parameters/" + parameter);
        }
        add(all, "Secret", "Role", "rules/resourceNames");
        add(all, "Secret", "ClusterRole", "rules/resourceNames");
        add(all, "Secret", "PersistentVolume", "spec/azureFile/secretName");
        String knative = "spec/template/spec/containers/env/valueFrom/secretKeyRef/name";
        all.add(new Reference("Secret", "", new Field("serving.knative.dev", "v1", "Service", knative, false)));
    }

    private static void services(List<Reference> all) {
        add(all, "Service", "StatefulSet", "spec/serviceName");
        add(all, "Service", "Ingress", "spec/rules/http/paths/backend/serviceName");
        add(all, "Service", "Ingress", "spec/backend/serviceName");
        add(all, "Service", "Ingress", "spec/rules/http/paths/backend/service/name");
        add(all, "Service", "Ingress", "spec/defaultBackend/service/name");
        add(all, "Service", "APIService", "spec/service/name");
        add(all, "Service", "HTTPRoute", "spec/rules/backendRefs/name");
    }

    private static void pods(List<Reference> all, String target, List<String> kinds, String... paths) {
        for (String kind : kinds) {
            for (String path : paths) {
                add(all, target, kind, PODS.get(kind) + path);
            }
        }
    }

    private static void add(List<Reference> all, String target, String kind, String path) {
        all.add(new Reference(target, "", new Field("", "", kind, path, false)));
    }
}
