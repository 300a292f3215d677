package dev.holdfast.manifest.template;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of the language itself; {@code and} and {@code or} are the evaluation's own, because they do not look at every argument. */
@SuppressWarnings("ReferenceEquality") // nil is told by what it is
public final class LanguageFunctions {
    private LanguageFunctions() {}

    public static void addTo(FunctionTable table) {
        table.addVariadic("and", (arguments, _) -> arguments.getLast(), ANY);
        table.addVariadic("or", (arguments, _) -> arguments.getLast(), ANY);
        table.add("not", (arguments, _) -> !Values.isTrue(arguments.getFirst()), ANY);
        table.addVariadic("call", (arguments, _) -> called(arguments), ANY);
        table.addVariadic("html", (arguments, _) -> html(joined(arguments)), ANY);
        table.addVariadic("js", (arguments, _) -> js(joined(arguments)), ANY);
        table.addVariadic("urlquery", (arguments, _) -> query(joined(arguments)), ANY);
        table.addVariadic("print", (arguments, _) -> GoFormat.joined(arguments), ANY);
        table.addVariadic("println", (arguments, _) -> GoFormat.line(arguments), ANY);
        table.addVariadic("printf", (arguments, evaluation) -> printf(arguments, evaluation), STRING, ANY);
        table.addVariadic("index", (arguments, _) -> index(arguments), ANY, ANY);
        table.addVariadic("slice", (arguments, _) -> slice(arguments), ANY, ANY);
        table.add("len", (arguments, _) -> length(arguments.getFirst()), ANY);
        table.addVariadic("eq", (arguments, _) -> isAnyEqual(arguments), ANY, ANY);
        table.add("ne", (arguments, _) -> !areEqual(arguments.getFirst(), arguments.getLast()), ANY, ANY);
        table.add("lt", (arguments, _) -> isLess(arguments.getFirst(), arguments.getLast()), ANY, ANY);
        table.add("le", (arguments, _) -> isAtMost(arguments.getFirst(), arguments.getLast()), ANY, ANY);
        table.add("gt", (arguments, _) -> !isAtMost(arguments.getFirst(), arguments.getLast()), ANY, ANY);
        table.add("ge", (arguments, _) -> !isLess(arguments.getFirst(), arguments.getLast()), ANY, ANY);
    }

    private static Object called(List<@Nullable Object> arguments) throws TemplateFault {
        Object first = arguments.isEmpty() ? null : arguments.getFirst();
        throw TemplateFault.of(first == null ? "call of nil" : "non-function of type " + Values.typeName(first));
    }

    private static String joined(List<@Nullable Object> arguments) {
        return GoFormat.joined(arguments);
    }

    private static String printf(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        String form = String.valueOf(arguments.getFirst());
        return GoFormat.filled(form, arguments.subList(1, arguments.size()), evaluation.budget());
    }

    private static String html(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\0' -> out.append('\uFFFD');
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String js(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<' -> out.append("\\u003C");
                case '>' -> out.append("\\u003E");
                case '&' -> out.append("\\u0026");
                case '=' -> out.append("\\u003D");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static @Nullable Object index(List<@Nullable Object> arguments) throws TemplateFault {
        Object item = arguments.getFirst();
        if (item == null) {
            throw TemplateFault.of("index of untyped nil");
        }
        for (Object index : arguments.subList(1, arguments.size())) {
            switch (item) {
                case null -> throw TemplateFault.of("index of nil pointer");
                case List<?> list -> item = list.get(position(index, list.size(), true));
                case String text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    item = new Sized(bytes[position(index, bytes.length, true)] & 0xFF, "uint8");
                }
                case Map<?, ?> map -> {
                    if (!(index instanceof String key)) {
                        throw TemplateFault.of(
                                index == null
                                        ? "value is nil; should be of type string"
                                        : "value has type " + Values.typeName(index) + "; should be string");
                    }
                    item = map.get(key);
                }
                case FileGroup files -> item = files.contents().get(String.valueOf(index));
                default -> throw TemplateFault.of("can't index item of type " + Values.typeName(item));
            }
        }
        return item;
    }

    private static int position(@Nullable Object index, int size, boolean isElement) throws TemplateFault {
        if (index == null) {
            throw TemplateFault.of("cannot index slice/array with nil");
        }
        if (!Values.isWhole(index)) {
            throw TemplateFault.of("cannot index slice/array with type " + Values.typeName(index));
        }
        long position = Values.whole(index);
        if (position < 0 || position > size || isElement && position == size) {
            throw TemplateFault.of("index out of range: " + position);
        }
        return (int) position;
    }

    private static Object slice(List<@Nullable Object> arguments) throws TemplateFault {
        Object item = arguments.getFirst();
        if (!(item instanceof String) && !(item instanceof List<?>)) {
            throw TemplateFault.of("can't slice item of type " + Values.typeName(item));
        }
        int size = item instanceof String text ? Values.length(text) : ((List<?>) item).size();
        int from = arguments.size() > 1 ? position(arguments.get(1), size, false) : 0;
        int to = arguments.size() > 2 ? position(arguments.get(2), size, false) : size;
        if (from > to) {
            throw TemplateFault.of("invalid slice index: " + from + " > " + to);
        }
        return item instanceof String text
                ? Values.bytes(text, from, to)
                : new ArrayList<>(((List<?>) item).subList(from, to));
    }

    private static long length(@Nullable Object value) throws TemplateFault {
        return switch (value) {
            case null -> throw TemplateFault.of("len of nil pointer");
            case String text -> Values.length(text);
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case byte[] bytes -> bytes.length;
            case FileGroup files -> files.contents().size();
            default -> throw TemplateFault.of("len of type " + Values.typeName(value));
        };
    }

    private static boolean isAnyEqual(List<@Nullable Object> arguments) throws TemplateFault {
        if (arguments.size() < 2) {
            throw TemplateFault.of("missing argument for comparison");
        }
        for (Object other : arguments.subList(1, arguments.size())) {
            if (areEqual(arguments.getFirst(), other)) {
                return true;
            }
        }
        return false;
    }

    /** The kinds that can be compared with each other. */
    private enum Basic {
        BOOL,
        WHOLE,
        DECIMAL,
        TEXT,
        OTHER
    }

    private static Basic basic(@Nullable Object value) {
        return switch (value) {
            case Boolean _ -> Basic.BOOL;
            case Long _, Sized _ -> Basic.WHOLE;
            case Double _ -> Basic.DECIMAL;
            case String _ -> Basic.TEXT;
            case null, default -> Basic.OTHER;
        };
    }

    private static boolean areEqual(@Nullable Object one, @Nullable Object other) throws TemplateFault {
        if (one == null || other == null) {
            return one == other;
        }
        Basic kind = basic(one);
        if (kind != basic(other)) {
            throw TemplateFault.of("incompatible types for comparison");
        }
        return switch (kind) {
            case WHOLE -> Values.whole(one) == Values.whole(other);
            case DECIMAL -> ((Double) one).doubleValue() == ((Double) other).doubleValue();
            case BOOL, TEXT -> one.equals(other);
            case OTHER -> {
                if (one instanceof Shape && other instanceof Shape) {
                    yield one.equals(other);
                }
                throw TemplateFault.of("non-comparable types " + Values.typeName(one) + ", " + Values.typeName(other));
            }
        };
    }

    private static boolean isLess(@Nullable Object one, @Nullable Object other) throws TemplateFault {
        Basic kind = basic(one);
        if (one == null || kind == Basic.OTHER || kind == Basic.BOOL) {
            throw TemplateFault.of("invalid type for comparison");
        }
        if (other == null || basic(other) == Basic.OTHER) {
            throw TemplateFault.of("invalid type for comparison");
        }
        if (kind != basic(other)) {
            throw TemplateFault.of("incompatible types for comparison");
        }
        return switch (kind) {
            case WHOLE -> Values.whole(one) < Values.whole(other);
            case DECIMAL -> ((Double) one) < ((Double) other);
            case BOOL, OTHER, TEXT -> ((String) one).compareTo((String) other) < 0;
        };
    }

    private static boolean isAtMost(@Nullable Object one, @Nullable Object other) throws TemplateFault {
        return isLess(one, other) || areEqual(one, other);
    }
}
