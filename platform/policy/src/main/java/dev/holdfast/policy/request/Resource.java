package dev.holdfast.policy.request;

import java.util.Map;

/**
 * An object that somebody wants to have in a cluster.
 *
 * @param object as an expression sees it
 * @param path the file that it stands in
 * @param line where it begins
 */
public record Resource(Map<String, Object> object, String path, int line) {
    public String kind() {
        return text("kind");
    }

    public String apiVersion() {
        return text("apiVersion");
    }

    public String name() {
        return metadata("name");
    }

    /** The namespace that is written; empty when none is. */
    public String namespace() {
        return metadata("namespace");
    }

    /** What people call it: {@code Deployment shop/web}. */
    public String subject() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }

    private String text(String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    private String metadata(String key) {
        return object.get("metadata") instanceof Map<?, ?> metadata && metadata.get(key) instanceof String text
                ? text
                : "";
    }
}
