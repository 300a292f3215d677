package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.MAP;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps. {@code set}, {@code unset} and the merges change the map that they are given, as sprig does. */
final class MapFunctions {
    /** Maps in maps; a map that contains itself nests without end. */
    private static final int DEEPEST = 100;

    private MapFunctions() {}

    static void addTo(FunctionTable table) {
        table.addVariadic("dict", (a, _) -> dictionary(a), ANY);
        table.add("get", (a, _) -> found(Given.map(a, 0), Given.text(a, 1)), MAP, STRING);
        table.add("set", (a, e) -> set(a, e), MAP, STRING, ANY);
        table.add(
                "unset",
                (a, _) -> {
                    Given.map(a, 0).remove(Given.text(a, 1));
                    return a.getFirst();
                },
                MAP,
                STRING);
        table.add("hasKey", (a, _) -> Given.map(a, 0).containsKey(Given.text(a, 1)), MAP, STRING);
        table.addVariadic("pluck", (a, _) -> plucked(a), STRING, MAP);
        table.addVariadic("keys", (a, _) -> keys(a), MAP);
        table.add("values", (a, _) -> new ArrayList<>(Given.map(a, 0).values()), MAP);
        table.addVariadic("pick", (a, e) -> chosen(a, true, e), MAP, STRING);
        table.addVariadic("omit", (a, e) -> chosen(a, false, e), MAP, STRING);
        table.addVariadic("merge", (a, e) -> merged(a, false, e), MAP, MAP).alias("mustMerge", "merge");
        table.addVariadic("mergeOverwrite", (a, e) -> merged(a, true, e), MAP, MAP)
                .alias("mustMergeOverwrite", "mergeOverwrite");
        table.add("deepCopy", (a, e) -> copy(a.getFirst(), 0, e), ANY).alias("mustDeepCopy", "deepCopy");
        table.addVariadic("dig", (a, _) -> dug(a), ANY);
    }

    private static Map<String, Object> dictionary(List<@Nullable Object> arguments) {
        Map<String, Object> map = Values.map();
        for (int i = 0; i < arguments.size(); i += 2) {
            map.put(Given.words(arguments.get(i)), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
        }
        return map;
    }

    private static @Nullable Object found(Map<String, Object> map, String key) {
        return map.containsKey(key) ? map.get(key) : "";
    }

    private static Map<String, Object> set(List<@Nullable Object> arguments, Evaluation evaluation)
            throws TemplateFault {
        if (arguments.getFirst() == null) {
            throw TemplateFault.of("assignment to entry in nil map");
        }
        evaluation.budget().make(1);
        Map<String, Object> map = Given.map(arguments, 0);
        map.put(Given.text(arguments, 1), arguments.get(2));
        return map;
    }

    private static List<Object> plucked(List<@Nullable Object> arguments) {
        List<Object> found = new ArrayList<>();
        String key = Given.text(arguments, 0);
        for (int i = 1; i < arguments.size(); i++) {
            Map<String, Object> map = Given.map(arguments, i);
            if (map.containsKey(key)) {
                found.add(map.get(key));
            }
        }
        return found;
    }

    private static List<Object> keys(List<@Nullable Object> arguments) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            keys.addAll(Given.map(arguments, i).keySet());
        }
        return keys;
    }

    private static Map<String, Object> chosen(List<@Nullable Object> arguments, boolean isPick, Evaluation evaluation) {
        Set<Object> names = new HashSet<>(arguments.subList(1, arguments.size()));
        Map<String, Object> chosen = Values.map();
        Given.map(arguments, 0).forEach((key, value) -> {
            if (names.contains(key) == isPick) {
                chosen.put(key, value);
            }
        });
        evaluation.provenance().sameAs(chosen, Given.map(arguments, 0));
        return chosen;
    }

    private static Map<String, Object> merged(
            List<@Nullable Object> arguments, boolean isOverwriting, Evaluation evaluation) throws TemplateFault {
        Map<String, Object> target = Given.map(arguments, 0);
        for (int i = 1; i < arguments.size(); i++) {
            merge(target, Given.map(arguments, i), isOverwriting, 0, evaluation);
        }
        return target;
    }

    /** As mergo merges: what is empty counts as not set, maps are merged, anything else is replaced or kept whole. */
    @SuppressWarnings("unchecked")
    private static void merge(
            Map<String, Object> target,
            Map<String, Object> source,
            boolean isOverwriting,
            int depth,
            Evaluation evaluation)
            throws TemplateFault {
        refuseDepth(depth);
        for (Map.Entry<String, Object> entry : new ArrayList<>(source.entrySet())) {
            evaluation.budget().make(1);
            String key = entry.getKey();
            Object value = entry.getValue();
            Object known = target.get(key);
            if (value == null) {
                if (isOverwriting) {
                    target.put(key, null);
                }
                continue;
            }
            if (value instanceof Map<?, ?> map && known instanceof Map<?, ?> knownMap) {
                if (!knownMap.isEmpty()) {
                    merge(
                            (Map<String, Object>) knownMap,
                            (Map<String, Object>) map,
                            isOverwriting,
                            depth + 1,
                            evaluation);
                    continue;
                }
            }
            if (isOverwriting || !Values.isTrue(known)) {
                target.put(key, value);
            }
        }
    }

    private static void refuseDepth(int depth) throws TemplateFault {
        if (depth > DEEPEST) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "maps nest deeper than " + DEEPEST);
        }
    }

    static @Nullable Object copy(@Nullable Object value, int depth, Evaluation evaluation) throws TemplateFault {
        refuseDepth(depth);
        evaluation.budget().make(1);
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = Values.map();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    copy.put(String.valueOf(entry.getKey()), copy(entry.getValue(), depth + 1, evaluation));
                }
                evaluation.provenance().sameAs(copy, map);
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(copy(element, depth + 1, evaluation));
                }
                evaluation.provenance().sameAs(copy, list);
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static @Nullable Object dug(List<@Nullable Object> arguments) throws TemplateFault {
        int count = arguments.size();
        if (count < 3) {
            throw TemplateFault.of("dig needs at least three arguments");
        }
        Object at = arguments.getLast();
        for (int i = 0; i < count - 2; i++) {
            if (!(at instanceof Map<?, ?> map)) {
                throw TemplateFault.of("interface conversion: interface {} is " + Values.typeName(at)
                        + ", not map[string]interface {}");
            }
            if (!(arguments.get(i) instanceof String key)) {
                throw TemplateFault.of(
                        "interface conversion: interface {} is " + Values.typeName(arguments.get(i)) + ", not string");
            }
            if (!map.containsKey(key)) {
                return arguments.get(count - 2);
            }
            at = map.get(key);
        }
        return at;
    }
}
