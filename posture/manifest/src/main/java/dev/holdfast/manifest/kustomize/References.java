package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Lets references follow the names of what they refer to: a field that holds a name which an object of the right kind had at any level gets
 * the name that it has in the end. Where several had it, those of the same levels and namespace as the referrer count.
 */
final class References {
    private static final List<String> CONFIG = List.of(
            "volumes/configMap/name",
            "volumes/projected/sources/configMap/name",
            "containers/env/valueFrom/configMapKeyRef/name",
            "initContainers/env/valueFrom/configMapKeyRef/name",
            "containers/envFrom/configMapRef/name",
            "initContainers/envFrom/configMapRef/name",
            "ephemeralContainers/envFrom/configMapRef/name",
            "ephemeralContainers/env/valueFrom/configMapKeyRef/name");

    private static final List<String> SECRETS = List.of(
            "volumes/secret/secretName",
            "volumes/projected/sources/secret/name",
            "containers/env/valueFrom/secretKeyRef/name",
            "initContainers/env/valueFrom/secretKeyRef/name",
            "containers/envFrom/secretRef/name",
            "initContainers/envFrom/secretRef/name",
            "ephemeralContainers/envFrom/secretRef/name",
            "ephemeralContainers/env/valueFrom/secretKeyRef/name",
            "imagePullSecrets/name",
            "volumes/csi/nodePublishSecretRef/name",
            "volumes/cephfs/secretRef/name",
            "volumes/iscsi/secretRef/name",
            "volumes/rbd/secretRef/name");

    /** Where a kind of object holds the specification of its pods. */
    private static final Map<String, String> PODS = Map.of(
            "Pod", "spec/",
            "Deployment", "spec/template/spec/",
            "ReplicaSet", "spec/template/spec/",
            "DaemonSet", "spec/template/spec/",
            "StatefulSet", "spec/template/spec/",
            "ReplicationController", "spec/template/spec/",
            "Job", "spec/template/spec/",
            "CronJob", "spec/jobTemplate/spec/template/spec/");

    private final List<Resource> resources;

    References(List<Resource> resources) {
        this.resources = resources;
    }

    void follow() {
        for (Resource referrer : resources) {
            String pods = PODS.get(referrer.kind());
            if (pods != null) {
                CONFIG.forEach(path -> named(referrer, pods + path, "ConfigMap"));
                SECRETS.forEach(path -> named(referrer, pods + path, "Secret"));
                named(referrer, pods + "serviceAccountName", "ServiceAccount");
                named(referrer, pods + "serviceAccount", "ServiceAccount");
                named(referrer, pods + "priorityClassName", "PriorityClass");
                named(referrer, pods + "runtimeClassName", "RuntimeClass");
                named(referrer, pods + "volumes/persistentVolumeClaim/claimName", "PersistentVolumeClaim");
            }
            own(referrer);
        }
    }

    private void own(Resource referrer) {
        switch (referrer.kind()) {
            case "RoleBinding", "ClusterRoleBinding" -> binding(referrer);
            case "StatefulSet" -> named(referrer, "spec/serviceName", "Service");
            case "HorizontalPodAutoscaler" -> scaled(referrer);
            case "Ingress" -> {
                named(referrer, "spec/rules/http/paths/backend/serviceName", "Service");
                named(referrer, "spec/rules/http/paths/backend/service/name", "Service");
                named(referrer, "spec/backend/serviceName", "Service");
                named(referrer, "spec/defaultBackend/service/name", "Service");
                named(referrer, "spec/tls/secretName", "Secret");
                named(referrer, "spec/ingressClassName", "IngressClass");
            }
            case "ServiceAccount" -> {
                named(referrer, "secrets/name", "Secret");
                named(referrer, "imagePullSecrets/name", "Secret");
            }
            case "PersistentVolumeClaim" -> {
                named(referrer, "spec/volumeName", "PersistentVolume");
                named(referrer, "spec/storageClassName", "StorageClass");
            }
            case "PersistentVolume" -> named(referrer, "spec/storageClassName", "StorageClass");
            case "APIService" -> named(referrer, "spec/service/name", "Service");
            case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" ->
                named(referrer, "webhooks/clientConfig/service/name", "Service");
            default -> {}
        }
    }

    private void scaled(Resource scaler) {
        String kind = scaler.fields.text("spec", "scaleTargetRef", "kind");
        named(scaler, "spec/scaleTargetRef/name", kind);
    }

    private void binding(Resource binding) {
        named(binding, "roleRef/name", binding.fields.text("roleRef", "kind"));
        for (Draft.Fields subject : Build.items(binding.fields, "subjects")) {
            if (subject.text("kind").equals("ServiceAccount")) {
                String namespace = subject.text("namespace");
                List<Resource> found = candidates(
                        binding, "ServiceAccount", account -> account.wasNamed(subject.text("name"), namespace));
                if (found.size() == 1) {
                    subject.put("name", found.getFirst().name());
                    if (!found.getFirst().namespace().isEmpty()) {
                        subject.put("namespace", found.getFirst().namespace());
                    }
                }
            }
        }
    }

    private void named(Resource referrer, String path, String kind) {
        FieldPath.visit(referrer.fields, path, false, (map, key) -> {
            String name = map.text(key);
            List<Resource> found = candidates(referrer, kind, candidate -> candidate.wasNamed(name));
            if (!name.isEmpty() && found.size() == 1 && !found.getFirst().name().equals(name)) {
                map.put(key, found.getFirst().name());
            }
        });
    }

    private List<Resource> candidates(Resource referrer, String kind, Predicate<Resource> isNamed) {
        List<Resource> found = new ArrayList<>();
        for (Resource resource : resources) {
            if (resource.kind().equals(kind) && isNamed.test(resource)) {
                found.add(resource);
            }
        }
        narrow(found, candidate -> sharesLevels(candidate, referrer));
        narrow(
                found,
                candidate -> candidate.isClusterWide()
                        || Resource.effective(candidate.namespace()).equals(Resource.effective(referrer.namespace())));
        return found;
    }

    /** Keeps those that the test passes, where it tells some from others. */
    private static void narrow(List<Resource> found, Predicate<Resource> test) {
        if (found.size() > 1 && found.stream().anyMatch(test)) {
            found.removeIf(test.negate());
        }
    }

    private static boolean sharesLevels(Resource candidate, Resource referrer) {
        return candidate.affixes.equals(referrer.affixes);
    }
}
