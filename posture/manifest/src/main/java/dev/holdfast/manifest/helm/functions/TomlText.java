package dev.holdfast.manifest.helm.functions;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.GoFormat;
import dev.holdfast.manifest.template.GoNumbers;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes maps as TOML: of each table the plain values first, then the tables in it. */
final class TomlText {
    private static final int DEEPEST = 100;
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    private final StringBuilder out = new StringBuilder();
    private final Budget budget;

    private TomlText(Budget budget) {
        this.budget = budget;
    }

    static String of(@Nullable Object value, Budget budget) throws TemplateFault {
        if (!(value instanceof Map<?, ?> map)) {
            return "toml: top-level values must be Go maps or structs";
        }
        TomlText text = new TomlText(budget);
        text.table(map, "", 0);
        return text.out.toString();
    }

    private void table(Map<?, ?> map, String path, int depth) throws TemplateFault {
        if (depth > DEEPEST) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "tables nest deeper than " + DEEPEST);
        }
        String indent = "  ".repeat(Math.max(0, depth - 1 + (depth > 0 ? 1 : 0)));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() != null && !isTable(entry.getValue())) {
                out.append(indent).append(key(entry.getKey())).append(" = ");
                value(entry.getValue(), depth);
                out.append('\n');
            }
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = path.isEmpty() ? key(entry.getKey()) : path + "." + key(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> inner) {
                out.append(out.isEmpty() ? "" : "\n")
                        .append(indent)
                        .append('[')
                        .append(name)
                        .append("]\n");
                table(inner, name, depth + 1);
            } else if (isTable(entry.getValue()) && entry.getValue() instanceof List<?> tables) {
                for (Object each : tables) {
                    out.append(out.isEmpty() ? "" : "\n")
                            .append(indent)
                            .append("[[")
                            .append(name)
                            .append("]]\n");
                    table((Map<?, ?>) each, name, depth + 1);
                }
            }
        }
    }

    private static boolean isTable(@Nullable Object value) {
        return value instanceof Map<?, ?>
                || value instanceof List<?> list
                        && !list.isEmpty()
                        && list.stream().allMatch(Map.class::isInstance);
    }

    private static String key(Object key) {
        String text = String.valueOf(key);
        return BARE.matcher(text).matches() ? text : GoText.quoted(text);
    }

    private void value(@Nullable Object value, int depth) throws TemplateFault {
        budget.make(8);
        switch (value) {
            case null -> out.append("\"\"");
            case String text -> {
                budget.make(text.length());
                out.append(GoText.quoted(text));
            }
            case Double number -> {
                String text = GoNumbers.text(number);
                out.append(text.contains(".") || text.contains("e") ? text : text + ".0");
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    value(list.get(i), depth + 1);
                }
                out.append(']');
            }
            case Map<?, ?> map -> {
                out.append('{');
                boolean isFirst = true;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(isFirst ? "" : ", ").append(key(entry.getKey())).append(" = ");
                    value(entry.getValue(), depth + 1);
                    isFirst = false;
                }
                out.append('}');
            }
            default -> out.append(GoFormat.text(value));
        }
    }
}
