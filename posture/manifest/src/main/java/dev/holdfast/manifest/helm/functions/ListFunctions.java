package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.INT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.GoFormat;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists; none of these changes a list that it is given. */
final class ListFunctions {
    private ListFunctions() {}

    static void addTo(FunctionTable table) {
        table.addVariadic("list", (a, _) -> new ArrayList<>(a), ANY);
        table.alias("tuple", "list");
        both(table, "append", (a, e) -> with(a, "Cannot push on type", false, e), ANY, ANY);
        table.alias("push", "append").alias("mustPush", "append");
        both(table, "prepend", (a, e) -> with(a, "Cannot prepend on type", true, e), ANY, ANY);
        both(table, "first", (a, _) -> end(Given.list(a, 0, "Cannot find first on type"), true), ANY);
        both(table, "last", (a, _) -> end(Given.list(a, 0, "Cannot find last on type"), false), ANY);
        both(table, "rest", (a, _) -> without(Given.list(a, 0, "Cannot find rest on type"), true), ANY);
        both(table, "initial", (a, _) -> without(Given.list(a, 0, "Cannot find initial on type"), false), ANY);
        both(
                table,
                "reverse",
                (a, _) -> new ArrayList<>(
                        Given.list(a, 0, "Cannot find reverse on type").reversed()),
                ANY);
        both(table, "uniq", (a, e) -> unique(Given.list(a, 0, "Cannot find uniq on type"), e), ANY);
        both(table, "compact", (a, _) -> compact(Given.list(a, 0, "Cannot compact on type")), ANY);
        both(table, "has", ListFunctions::has, ANY, ANY);
        both(table, "chunk", (a, _) -> chunks(Given.number(a, 0), Given.list(a, 1, "Cannot chunk type")), INT, ANY);
        table.addVariadic("without", ListFunctions::without, ANY, ANY).alias("mustWithout", "without");
        table.addVariadic("slice", (a, _) -> slice(a), ANY, ANY).alias("mustSlice", "slice");
        table.addVariadic("concat", ListFunctions::concatenated, ANY);
        table.add("sortAlpha", (a, _) -> sorted(a.getFirst()), ANY);
        table.add("toStrings", (a, _) -> new ArrayList<Object>(Given.allWords(a.getFirst())), ANY);
        table.add("splitList", (a, e) -> list(split(Given.text(a, 1), Given.text(a, 0), -1), e), STRING, STRING);
        table.add("split", (a, e) -> named(split(Given.text(a, 1), Given.text(a, 0), -1), e), STRING, STRING);
        table.add(
                "splitn",
                (a, e) -> named(split(Given.text(a, 2), Given.text(a, 0), Given.number(a, 1)), e),
                STRING,
                INT,
                STRING);
    }

    private static void both(
            FunctionTable table, String name, FunctionTable.Body body, FunctionTable.Parameter... parameters) {
        table.add(name, body, parameters);
        table.alias("must" + Character.toUpperCase(name.charAt(0)) + name.substring(1), name);
    }

    private static List<Object> with(
            List<@Nullable Object> arguments, String refusal, boolean isInFront, Evaluation evaluation)
            throws TemplateFault {
        List<Object> list = Given.list(arguments, 0, refusal);
        evaluation.budget().make(list.size());
        List<Object> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(isInFront ? 0 : longer.size(), arguments.get(1));
        return longer;
    }

    private static @Nullable Object end(List<Object> list, boolean isFirst) {
        return list.isEmpty() ? null : isFirst ? list.getFirst() : list.getLast();
    }

    private static Object without(List<Object> list, boolean isFirst) {
        return list.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(isFirst ? list.subList(1, list.size()) : list.subList(0, list.size() - 1));
    }

    private static List<Object> unique(List<Object> list, Evaluation evaluation) throws TemplateFault {
        List<Object> unique = new ArrayList<>();
        for (Object element : list) {
            evaluation.budget().steps(unique.size());
            if (!contains(unique, element)) {
                unique.add(element);
            }
        }
        return unique;
    }

    private static boolean contains(List<?> list, @Nullable Object wanted) {
        for (Object element : list) {
            if (Values.areEqual(wanted, element)) {
                return true;
            }
        }
        return false;
    }

    private static List<Object> compact(List<Object> list) {
        List<Object> kept = new ArrayList<>();
        for (Object element : list) {
            if (Values.isTrue(element)) {
                kept.add(element);
            }
        }
        return kept;
    }

    private static boolean has(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        if (arguments.get(1) == null) {
            return false;
        }
        List<Object> list = Given.list(arguments, 1, "Cannot find has on type");
        evaluation.budget().steps(list.size());
        return contains(list, arguments.getFirst());
    }

    private static List<Object> chunks(int size, List<Object> list) throws TemplateFault {
        if (size <= 0) {
            throw TemplateFault.of("runtime error: makeslice: len out of range");
        }
        List<Object> chunks = new ArrayList<>();
        for (int at = 0; at < list.size(); at += size) {
            chunks.add(new ArrayList<>(list.subList(at, Math.min(list.size(), at + size))));
        }
        return chunks;
    }

    private static List<Object> without(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        List<Object> kept = new ArrayList<>();
        List<?> omitted = arguments.subList(1, arguments.size());
        for (Object element : Given.list(arguments, 0, "Cannot find without on type")) {
            evaluation.budget().steps(omitted.size());
            if (!contains(omitted, element)) {
                kept.add(element);
            }
        }
        return kept;
    }

    private static @Nullable Object slice(List<@Nullable Object> arguments) throws TemplateFault {
        List<Object> list = Given.list(arguments, 0, "list should be type of slice or array but");
        if (list.isEmpty()) {
            return null;
        }
        long from = arguments.size() > 1 ? NumberFunctions.whole(arguments.get(1)) : 0;
        long to = arguments.size() > 2 ? NumberFunctions.whole(arguments.get(2)) : list.size();
        if (from < 0 || from > to || to > list.size()) {
            throw TemplateFault.of("reflect.Value.Slice: slice index out of bounds");
        }
        return new ArrayList<>(list.subList((int) from, (int) to));
    }

    private static List<Object> concatenated(List<@Nullable Object> arguments, Evaluation evaluation)
            throws TemplateFault {
        List<Object> all = new ArrayList<>();
        for (Object argument : arguments) {
            if (!(argument instanceof List<?> list)) {
                throw TemplateFault.of("Cannot concat type " + Values.kindName(argument) + " as list");
            }
            evaluation.budget().make(list.size());
            all.addAll(list);
        }
        return all;
    }

    private static List<Object> sorted(@Nullable Object value) {
        List<String> words = new ArrayList<>();
        if (value instanceof List<?>) {
            words.addAll(Given.allWords(value));
        } else {
            words.add(GoFormat.text(value));
        }
        words.sort(null);
        return new ArrayList<>(words);
    }

    /** The parts of a text; at most so many when that is positive. */
    static List<String> split(String text, String separator, int most) {
        List<String> parts = new ArrayList<>();
        if (most == 0) {
            return parts;
        }
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            while (most > 0 && parts.size() > most) {
                String last = parts.removeLast();
                parts.set(parts.size() - 1, parts.getLast() + last);
            }
            return parts;
        }
        int at = 0;
        for (int next = text.indexOf(separator);
                next >= 0 && (most < 0 || parts.size() < most - 1);
                next = text.indexOf(separator, at)) {
            parts.add(text.substring(at, next));
            at = next + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    private static List<Object> list(List<String> parts, Evaluation evaluation) throws TemplateFault {
        evaluation.budget().make(parts.size() * 4L);
        return new ArrayList<>(parts);
    }

    private static Map<String, Object> named(List<String> parts, Evaluation evaluation) throws TemplateFault {
        evaluation.budget().make(parts.size() * 8L);
        Map<String, Object> map = Values.map();
        for (int i = 0; i < parts.size(); i++) {
            map.put("_" + i, parts.get(i));
        }
        return map;
    }
}
