package dev.holdfast.policy.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Under which other names an API server has the same objects: the versions of one custom kind, and of the stable built-in kinds those that have
 * two. A rule with {@code matchPolicy: Equivalent} that names one of them is about the others, too; the object is converted for it.
 */
public final class Equivalents {
    private final Map<Request.Kind, List<Form>> others = new HashMap<>();

    private Equivalents() {}

    /**
     * A name of an object.
     *
     * @param isConvertible whether conversion changes the version alone; else only the server can do it
     */
    public record Form(Request.Resource resource, Request.Kind kind, boolean isConvertible) {}

    /** Those that CustomResourceDefinitions among the objects tell, and the built-in ones. */
    public static Equivalents of(List<Map<String, Object>> objects) {
        Equivalents all = new Equivalents();
        all.add(List.of(
                form("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler", false),
                form("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", false)));
        all.add(List.of(
                form("", "v1", "events", "Event", false), form("events.k8s.io", "v1", "events", "Event", false)));
        objects.forEach(all::definition);
        return all;
    }

    private static Form form(String group, String version, String resource, String kind, boolean isConvertible) {
        return new Form(
                new Request.Resource(group, version, resource), new Request.Kind(group, version, kind), isConvertible);
    }

    private void add(List<Form> same) {
        for (Form form : same) {
            others.put(
                    form.kind(),
                    same.stream().filter(other -> !other.equals(form)).toList());
        }
    }

    private void definition(Map<String, Object> object) {
        Map<?, ?> spec = map(object.get("spec"));
        if (!"CustomResourceDefinition".equals(object.get("kind"))
                || !(spec.get("versions") instanceof List<?> versions)) {
            return;
        }
        Map<?, ?> names = map(spec.get("names"));
        boolean isConvertible = !"Webhook".equals(map(spec.get("conversion")).get("strategy"));
        List<Form> same = new ArrayList<>();
        for (Object version : versions) {
            if (Boolean.TRUE.equals(map(version).get("served"))) {
                same.add(form(
                        text(spec.get("group")),
                        text(map(version).get("name")),
                        text(names.get("plural")),
                        text(names.get("kind")),
                        isConvertible));
            }
        }
        add(same);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** The other names of an object of this kind. */
    public List<Form> of(Request.Kind kind) {
        return others.getOrDefault(kind, List.of());
    }
}
