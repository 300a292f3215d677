package dev.holdfast.manifest.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One object on its way, with the names it had: references are written with any of them. */
final class Resource {
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ComponentStatus",
            "CustomResourceDefinition",
            "FlowSchema",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PodSecurityPolicy",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "RuntimeClass",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "StorageClass",
            "SubjectAccessReview",
            "TokenReview",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment");

    private static final String LOCAL = "config.kubernetes.io/local-config";

    final Draft.Fields fields;
    final String file;
    final List<Named> names = new ArrayList<>();
    /** The prefixes and suffixes that were put on, level by level: references stay within the levels that share them. */
    final List<String> affixes = new ArrayList<>();

    boolean needsHash;

    record Named(String namespace, String name) {}

    Resource(Draft.Fields fields, String file) {
        this.fields = fields;
        this.file = file;
        remember();
    }

    void remember() {
        Named now = new Named(namespace(), name());
        if (!names.contains(now)) {
            names.add(now);
        }
    }

    String apiVersion() {
        return fields.text("apiVersion");
    }

    String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    String version() {
        return apiVersion().substring(apiVersion().indexOf('/') + 1);
    }

    String kind() {
        return fields.text("kind");
    }

    String name() {
        return fields.text("metadata", "name");
    }

    String namespace() {
        return fields.text("metadata", "namespace");
    }

    void rename(String name) {
        fields.fields("metadata").put("name", name);
        remember();
    }

    boolean isClusterWide() {
        return CLUSTER_WIDE.contains(kind());
    }

    /** Whether it is there for tools that look at the files, and is never applied. */
    boolean isLocal() {
        return !fields.text("metadata", "annotations", LOCAL).isEmpty();
    }

    /** The namespace in which it ends up; one that is not written is {@code default}. */
    static String effective(String namespace) {
        return namespace.isEmpty() ? "default" : namespace;
    }

    boolean wasNamed(String name, String namespace) {
        return names.stream()
                .anyMatch(known -> known.name.equals(name)
                        && (isClusterWide() || effective(known.namespace).equals(effective(namespace))));
    }

    boolean wasNamed(String name) {
        return names.stream().anyMatch(known -> known.name.equals(name));
    }

    /** As Kustomize writes an identity: {@code Service.v1.[noGrp]/web.[noNs]}. */
    String id() {
        return kind() + "." + version() + "." + (group().isEmpty() ? "[noGrp]" : group()) + "/" + name() + "."
                + (namespace().isEmpty() ? "[noNs]" : namespace());
    }

    boolean hasIdOf(Resource other) {
        return kind().equals(other.kind())
                && apiVersion().equals(other.apiVersion())
                && name().equals(other.name())
                && (isClusterWide() || effective(namespace()).equals(effective(other.namespace())));
    }
}
