package dev.holdfast.manifest.kustomize;

import java.util.List;
import java.util.Map;

/** Labels and annotations, on objects, in the templates of their pods, and in what selects them. */
final class Labels {
    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "Deployment", List.of("spec/template/metadata"),
            "ReplicaSet", List.of("spec/template/metadata"),
            "DaemonSet", List.of("spec/template/metadata"),
            "StatefulSet", List.of("spec/template/metadata", "spec/volumeClaimTemplates/metadata"),
            "ReplicationController", List.of("spec/template/metadata"),
            "Job", List.of("spec/template/metadata"),
            "CronJob", List.of("spec/jobTemplate/metadata", "spec/jobTemplate/spec/template/metadata"));

    private static final Map<String, String> SELECTORS = Map.of(
            "Service", "spec/selector",
            "ReplicationController", "spec/selector",
            "Deployment", "spec/selector/matchLabels",
            "ReplicaSet", "spec/selector/matchLabels",
            "DaemonSet", "spec/selector/matchLabels",
            "StatefulSet", "spec/selector/matchLabels");

    /** Selectors that are only added to where there are some: an empty one means something else. */
    private static final Map<String, List<String>> GROWN = Map.of(
            "Job", List.of("spec/selector/matchLabels"),
            "CronJob", List.of("spec/jobTemplate/spec/selector/matchLabels"),
            "PodDisruptionBudget", List.of("spec/selector/matchLabels"),
            "NetworkPolicy",
                    List.of(
                            "spec/podSelector/matchLabels",
                            "spec/ingress/from/podSelector/matchLabels",
                            "spec/egress/to/podSelector/matchLabels"));

    private static final List<String> AFFINITIES = List.of(
            "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
            "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
            "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
            "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
            "topologySpreadConstraints/labelSelector/matchLabels");

    private final List<Resource> resources;
    private final Configuration configuration;

    Labels(List<Resource> resources, Configuration configuration) {
        this.resources = resources;
        this.configuration = configuration;
    }

    void apply(Draft.Fields kustomization) {
        if (kustomization.members().get("commonLabels") instanceof Draft.Fields common) {
            resources.forEach(resource -> label(resource, common, true, true));
        }
        for (Draft.Fields entry : Build.items(kustomization, "labels")) {
            if (entry.members().get("pairs") instanceof Draft.Fields pairs) {
                boolean selects = entry.text("includeSelectors").equals("true");
                boolean isInTemplates =
                        selects || entry.text("includeTemplates").equals("true");
                resources.forEach(resource -> label(resource, pairs, isInTemplates, selects));
                for (Draft.Fields field : Build.items(entry, "fields")) {
                    resources.forEach(resource -> labelField(resource, pairs, field));
                }
            }
        }
        if (kustomization.members().get("commonAnnotations") instanceof Draft.Fields annotations) {
            resources.forEach(resource -> annotate(resource, annotations));
        }
    }

    private static void labelField(Resource resource, Draft.Fields pairs, Draft.Fields field) {
        boolean isMeant = (field.text("kind").isEmpty() || field.text("kind").equals(resource.kind()))
                && (field.text("group").isEmpty() || field.text("group").equals(resource.group()));
        if (isMeant) {
            FieldPath.visit(
                    resource.fields,
                    field.text("path"),
                    field.text("create").equals("true"),
                    (map, key) -> add(map.fields(key), pairs));
        }
    }

    private void label(Resource resource, Draft.Fields pairs, boolean isInTemplates, boolean selects) {
        String kind = resource.kind();
        add(resource.fields.fields("metadata").fields("labels"), pairs);
        if (isInTemplates) {
            for (String template : TEMPLATES.getOrDefault(kind, List.of())) {
                FieldPath.visit(resource.fields, template + "/labels", true, (map, key) -> add(map.fields(key), pairs));
            }
            configured(resource, Configuration.Use.TEMPLATE_LABELS, pairs);
        }
        if (selects) {
            configured(resource, Configuration.Use.LABELS, pairs);
            String selector = SELECTORS.get(kind);
            if (selector != null) {
                FieldPath.visit(resource.fields, selector, true, (map, key) -> add(map.fields(key), pairs));
            }
            for (String grown : GROWN.getOrDefault(kind, List.of())) {
                FieldPath.visit(resource.fields, grown, false, (map, key) -> add(map.fields(key), pairs));
            }
            if (kind.equals("Deployment") || kind.equals("StatefulSet")) {
                for (String path : AFFINITIES) {
                    FieldPath.visit(
                            resource.fields,
                            "spec/template/spec/" + path,
                            false,
                            (map, key) -> add(map.fields(key), pairs));
                }
            }
        }
    }

    private void annotate(Resource resource, Draft.Fields pairs) {
        add(resource.fields.fields("metadata").fields("annotations"), pairs);
        configured(resource, Configuration.Use.ANNOTATIONS, pairs);
        for (String template : TEMPLATES.getOrDefault(resource.kind(), List.of())) {
            if (!template.contains("volumeClaimTemplates")) {
                FieldPath.visit(
                        resource.fields, template + "/annotations", true, (map, key) -> add(map.fields(key), pairs));
            }
        }
    }

    private void configured(Resource resource, Configuration.Use use, Draft.Fields pairs) {
        for (Configuration.Field field : configuration.of(resource, use)) {
            FieldPath.visit(resource.fields, field.path(), field.creates(), (map, key) -> add(map.fields(key), pairs));
        }
    }

    private static void add(Draft.Fields target, Draft.Fields pairs) {
        pairs.members().forEach((key, value) -> {
            if (value instanceof Draft.Word word) {
                target.put(key, word.text());
            }
        });
    }
}
