package dev.holdfast.manifest.template;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Remembers of texts, maps and lists where they come from, by their identity: values flow through functions that know nothing of it, and
 * equal texts may have come different ways. Owned by one rendering.
 */
public final class Provenance {
    /** Beyond this nothing more is remembered; a chart has some ten thousand values. */
    private static final int MOST = 500_000;

    private final IdentityHashMap<Object, Origin> origins = new IdentityHashMap<>();
    private final IdentityHashMap<String, Trace> traces = new IdentityHashMap<>();
    private final TreeSet<String> placeholders = new TreeSet<>();

    /** A function that gives another value each time was called, and gave a fixed one. */
    public void stoodIn(String function) {
        placeholders.add(function);
    }

    /** The functions whose values are fixed ones here, sorted. */
    public List<String> placeholders() {
        return List.copyOf(placeholders);
    }

    /**
     * Names a tree of values. Texts in it are replaced by copies of their own, so that no other text is taken for them.
     *
     * @param key the path of the value; empty for the root
     */
    public void name(Map<String, Object> values, String key) {
        name(values, new Origin(key));
    }

    private void name(Map<String, Object> values, Origin origin) {
        origins.putIfAbsent(values, origin);
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            entry.setValue(named(entry.getValue(), origin.child(entry.getKey())));
        }
    }

    @SuppressWarnings("unchecked")
    private Object named(Object value, Origin origin) {
        if (value instanceof Map<?, ?> map) {
            if (!origins.containsKey(map)) {
                name((Map<String, Object>) map, origin);
            }
        } else if (value instanceof List<?> list) {
            if (origins.putIfAbsent(list, origin) == null) {
                List<Object> elements = (List<Object>) list;
                for (int i = 0; i < elements.size(); i++) {
                    elements.set(i, named(elements.get(i), origin.element(i)));
                }
            }
        } else if (value instanceof String text) {
            if (origins.containsKey(text)) {
                return text;
            }
            String own = copy(text);
            origins.put(own, origin);
            return own;
        }
        return value;
    }

    /** What is known of a value as a whole. */
    public Optional<Origin> of(Object value) {
        Origin origin = origins.get(value);
        Trace trace = origin == null && value instanceof String text ? traces.get(text) : null;
        return trace == null ? Optional.ofNullable(origin) : trace.anyOrigin();
    }

    /** What is known of the pieces of a text. */
    public Optional<Trace> trace(String text) {
        return Optional.ofNullable(traces.get(text));
    }

    /** Remembers where the pieces of a text come from; gives the text by which they are known. */
    public String traced(String text, Trace trace) {
        if (traces.size() >= MOST) {
            return text;
        }
        String own = copy(text);
        traces.put(own, trace);
        return own;
    }

    /** Remembers the value that a whole text was made from. */
    public String from(String text, Origin origin) {
        if (origins.size() >= MOST) {
            return text;
        }
        String own = copy(text);
        origins.put(own, origin);
        return own;
    }

    /** A map or list that stands for another one, such as a copy, comes from where that one does. */
    public void sameAs(Object made, Object model) {
        Origin origin = origins.get(model);
        if (origin != null && origins.size() < MOST) {
            origins.putIfAbsent(made, origin);
        }
    }

    @SuppressWarnings("StringOperationCanBeSimplified") // the identity is what counts
    private static String copy(String text) {
        return new String(text);
    }
}
