package dev.holdfast.check.host;

import dev.holdfast.manifest.tree.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a program as its start says them: {@code --name=value}, {@code --name value} or {@code --name}, which is true. The last of
 * several counts, as the flag libraries of Kubernetes and Docker have it; {@link Setting#all} has every one for options that may be repeated.
 */
final class Flags {
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    /**
     * One option.
     *
     * @param all every value that was given, in order
     * @param file where it stands
     */
    record Setting(String name, String value, List<String> all, String file, Place place) {}

    /** A word of a command line, and where it stands. */
    record Word(String file, String text, Place place) {}

    /** Reads a command line; what is no option is skipped. */
    static Flags of(List<Word> words) {
        Flags flags = new Flags();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (!word.text().startsWith("-")
                    || word.text().equals("-")
                    || word.text().equals("--")) {
                continue;
            }
            String name = word.text().startsWith("--")
                    ? word.text().substring(2)
                    : word.text().substring(1);
            int equals = name.indexOf('=');
            if (equals >= 0) {
                flags.put(name.substring(0, equals), unquoted(name.substring(equals + 1)), word);
            } else if (i + 1 < words.size() && !words.get(i + 1).text().startsWith("-")) {
                flags.put(name, unquoted(words.get(++i).text()), word);
            } else {
                flags.put(name, "true", word);
            }
        }
        return flags;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private void put(String name, String value, Word word) {
        Setting before = settings.get(name);
        List<String> all = before == null
                ? List.of(value)
                : java.util.stream.Stream.concat(before.all().stream(), java.util.stream.Stream.of(value))
                        .toList();
        settings.put(name, new Setting(name, value, all, word.file(), word.place()));
    }

    Optional<Setting> get(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** The value, or what the program takes when nothing is said. */
    String value(String name, String otherwise) {
        return get(name).map(Setting::value).orElse(otherwise);
    }

    /** The values of a comma-separated list; empty when nothing is said. */
    List<String> list(String name) {
        return get(name).map(Setting::value).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean isSet(String name) {
        return get(name).map(Setting::value).filter(value -> !value.isEmpty()).isPresent();
    }
}
