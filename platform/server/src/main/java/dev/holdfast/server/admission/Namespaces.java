package dev.holdfast.server.admission;

import java.util.Map;

/** What is known of namespaces at this moment: their labels, and what else their objects say. */
public interface Namespaces {
    /** Nobody looks at namespaces here. */
    Namespaces NOT_LOOKED_AT = _ -> new Answer.NotLookedAt();

    Answer find(String name);

    /** What is known of one. */
    sealed interface Answer {
        /** @param object the namespace as expressions of policies see it */
        record Known(Map<String, Object> object) implements Answer {}

        /** @param why for a person: it cannot be told what its labels are */
        record Unknown(String why) implements Answer {}

        /** Nothing was set up to look at namespaces. */
        record NotLookedAt() implements Answer {}
    }

    /** What a label of a namespace says; empty when it has none of that name. */
    static String label(Map<String, Object> object, String key) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("labels") instanceof Map<?, ?> labels
                        && labels.get(key) instanceof String value
                ? value
                : "";
    }
}
