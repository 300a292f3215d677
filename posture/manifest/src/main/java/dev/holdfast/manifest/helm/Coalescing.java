package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of a chart and its sub-charts together. What is given from outside beats a chart's own, an outer chart's beats an inner
 * one's; maps are merged, everything else is replaced whole; a null takes a default away; {@code global} is handed down to every sub-chart.
 */
final class Coalescing {
    private static final String GLOBAL = "global";

    private Coalescing() {}

    /** The values that templates of the chart see. */
    static Map<String, Object> coalesce(Chart chart, Map<String, Object> given) {
        Map<String, Object> values = copy(given);
        coalesce(chart, values, false);
        return values;
    }

    /** The same with nulls kept, for values that are coalesced again. */
    static Map<String, Object> merge(Chart chart, Map<String, Object> given) {
        Map<String, Object> values = copy(given);
        coalesce(chart, values, true);
        return values;
    }

    private static void coalesce(Chart chart, Map<String, Object> target, boolean keepsNull) {
        own(chart, target, keepsNull);
        for (Chart inner : chart.dependencies) {
            Object known = target.get(inner.name);
            if (!target.containsKey(inner.name)) {
                known = Values.map();
                target.put(inner.name, known);
            }
            Map<String, Object> values = table(known);
            if (values != null) {
                globals(values, target);
                coalesce(inner, values, keepsNull);
            }
        }
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, Object> table(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    private static void globals(Map<String, Object> target, Map<String, Object> source) {
        Map<String, Object> known = target.containsKey(GLOBAL) ? table(target.get(GLOBAL)) : Values.map();
        Map<String, Object> outer = source.containsKey(GLOBAL) ? table(source.get(GLOBAL)) : Values.map();
        if (known == null || outer == null) {
            return;
        }
        for (Map.Entry<String, Object> entry : outer.entrySet()) {
            String key = entry.getKey();
            Map<String, Object> value = table(entry.getValue());
            Map<String, Object> own = table(known.get(key));
            if (value != null) {
                Map<String, Object> copy = copy(value);
                if (!known.containsKey(key)) {
                    known.put(key, copy);
                } else if (own != null) {
                    tables(copy, own, true);
                    known.put(key, copy);
                }
            } else if (own == null) {
                known.put(key, entry.getValue());
            }
        }
        target.put(GLOBAL, known);
    }

    private static void own(Chart chart, Map<String, Object> target, boolean keepsNull) {
        for (Map.Entry<String, Object> entry : copy(chart.values).entrySet()) {
            String key = entry.getKey();
            Map<String, Object> ours = table(entry.getValue());
            if (!target.containsKey(key)) {
                target.put(key, entry.getValue());
                continue;
            }
            Object known = target.get(key);
            Map<String, Object> theirs = table(known);
            if (known == null && !keepsNull) {
                target.remove(key);
            } else if (theirs != null && ours != null) {
                boolean isInner = chart.dependencies.stream().anyMatch(inner -> inner.name.equals(key));
                tables(theirs, ours, keepsNull || isInner);
            }
        }
    }

    /** Merges one map into another, which counts more. */
    static void tables(Map<String, Object> target, Map<String, Object> source, boolean keepsNull) {
        Set<String> written = new HashSet<>();
        source.forEach((key, value) -> {
            if (value != null) {
                written.add(key);
            }
        });
        target.forEach((key, value) -> {
            if (value == null) {
                source.put(key, null);
            }
        });
        for (Map.Entry<String, Object> entry : new ArrayList<>(source.entrySet())) {
            String key = entry.getKey();
            Object known = target.get(key);
            boolean isKnown = target.containsKey(key);
            Map<String, Object> ours = table(entry.getValue());
            Map<String, Object> theirs = table(known);
            if (isKnown && !keepsNull && known == null && written.contains(key)) {
                target.remove(key);
            } else if (!isKnown) {
                target.put(key, entry.getValue());
            } else if (ours != null && theirs != null) {
                tables(theirs, ours, keepsNull);
            }
        }
    }

    /** A copy that shares nothing. */
    static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = Values.map();
        map.forEach((key, value) -> copy.put(key, copied(value)));
        return copy;
    }

    private static @Nullable Object copied(@Nullable Object value) {
        Map<String, Object> map = table(value);
        if (map != null) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(copied(each)));
            return copy;
        }
        return value;
    }

    /** The value at the end of a path of keys with dots; null when there is none. */
    static @Nullable Object at(Map<String, Object> values, String path) {
        Object at = values;
        for (String step : path.split("\\.", -1)) {
            Map<String, Object> map = table(at);
            if (map == null) {
                return null;
            }
            at = map.get(step);
        }
        return at;
    }
}
