package dev.holdfast.rules.event;

import dev.holdfast.rules.event.Field.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields that there are, by source of events: what Falco 0.44 offers natively, by its container plugin, and by its plugins for JSON and
 * Kubernetes audit events. The fields of its plugin k8smeta are second names of those of the container plugin.
 */
public final class FieldCatalogue {
    private static final FieldCatalogue STANDARD = load();

    /** Which sources a field belongs to. */
    private record Entry(Field field, String sources) {
        private boolean isOf(String source) {
            return sources.equals("*")
                    || sources.equals(source)
                    || (sources.startsWith("!") && !sources.substring(1).equals(source));
        }
    }

    private final Map<String, Entry> entries;
    private final List<Field> fields;

    private FieldCatalogue(Map<String, Entry> entries, List<Field> fields) {
        this.entries = entries;
        this.fields = List.copyOf(fields);
    }

    /** The catalogue that the program carries. */
    public static FieldCatalogue standard() {
        return STANDARD;
    }

    /** All fields, in the order of their numbers. */
    public List<Field> all() {
        return fields;
    }

    /** The field of this name, first or second, of whatever source. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::field);
    }

    /** The field of this name, when events of this source have it. */
    public Optional<Field> field(String source, String name) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> entry.isOf(source))
                .map(Entry::field);
    }

    /** The fields of this source. */
    public List<Field> fields(String source) {
        return fields.stream()
                .filter(field -> field(source, field.name()).isPresent())
                .toList();
    }

    /** The names of sources that have fields of their own. */
    public Set<String> sources() {
        Set<String> sources = new TreeSet<>();
        for (Entry entry : entries.values()) {
            if (!entry.sources.equals("*") && !entry.sources.startsWith("!")) {
                sources.add(entry.sources);
            }
        }
        return sources;
    }

    /**
     * What a rule means by a name without brackets. A name that is unknown as a whole is tried again with its tail as an argument, for fields
     * whose argument is joined with a dot, such as {@code evt.arg.flags}.
     */
    public Optional<FieldUse> use(String source, String name) {
        Optional<Field> known = field(source, name);
        if (known.isPresent()) {
            return Optional.of(FieldUse.of(known.get()));
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Optional<Field> dotted = field(source, name.substring(0, dot)).filter(Field::isDotted);
            if (dotted.isPresent() && dot + 1 < name.length()) {
                return Optional.of(FieldUse.of(dotted.get(), name.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    /** What a rule means by a name with an argument in brackets. */
    public Optional<FieldUse> use(String source, String name, String argument) {
        return field(source, name).map(known -> FieldUse.of(known, argument));
    }

    private static FieldCatalogue load() {
        Map<String, Entry> entries = new HashMap<>();
        List<Field> fields = new ArrayList<>();
        String sources = "*";
        for (String line : EventType.lines("fields.txt")) {
            if (line.startsWith("[")) {
                sources = line.substring(1, line.length() - 1);
                continue;
            }
            String[] words = line.split("\\s+");
            if (words[1].equals("=")) {
                entries.put(words[0], entries.get(words[2]));
            } else {
                Field field = field(fields.size(), words);
                fields.add(field);
                entries.put(field.name(), new Entry(field, sources));
            }
        }
        return new FieldCatalogue(entries, fields);
    }

    private static Field field(int number, String[] words) {
        Set<String> flags = new LinkedHashSet<>(List.of(words).subList(2, words.length));
        return new Field(
                number,
                words[0],
                Field.Type.valueOf(words[1].toUpperCase(Locale.ROOT)),
                argument(flags),
                flags.contains("list"),
                flags.contains("any-of"),
                flags.contains("dot"),
                !flags.contains("print"),
                !flags.contains("filter"),
                flags.contains("alone"),
                flags.contains("common"),
                flags.contains("process"),
                flags.contains("port"),
                flags.contains("gone"));
    }

    private static Argument argument(Set<String> flags) {
        for (String flag : flags) {
            switch (flag) {
                case "index?" -> {
                    return Argument.INDEX_ALLOWED;
                }
                case "index!" -> {
                    return Argument.INDEX_REQUIRED;
                }
                case "key?" -> {
                    return Argument.KEY_ALLOWED;
                }
                case "key!" -> {
                    return Argument.KEY_REQUIRED;
                }
                case "any?" -> {
                    return Argument.ANY_ALLOWED;
                }
                case "any!" -> {
                    return Argument.ANY_REQUIRED;
                }
                default -> {}
            }
        }
        return Argument.NONE;
    }
}
