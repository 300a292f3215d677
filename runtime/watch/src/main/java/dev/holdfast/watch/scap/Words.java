package dev.holdfast.watch.scap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of flags and enumerations, from {@code words.txt} beside this class. */
final class Words {
    private static final Map<String, List<Word>> TABLES = load();

    private record Word(String name, long value) {}

    private Words() {}

    /** The names of the bits that are set, joined with {@code |}; the name of zero when none is. Bits without a name are left out. */
    static String flags(String table, long bits) {
        StringBuilder names = new StringBuilder();
        long rest = bits;
        for (Word word : TABLES.getOrDefault(table, List.of())) {
            boolean isSet = word.value == 0 ? bits == 0 : (rest & word.value) == word.value;
            if (isSet) {
                names.append(names.isEmpty() ? "" : "|").append(word.name);
                rest &= ~word.value;
            }
        }
        return names.toString();
    }

    /** The name of one value; empty when it has none. */
    static String enumeration(String table, long value) {
        for (Word word : TABLES.getOrDefault(table, List.of())) {
            if (word.value == value) {
                return word.name;
            }
        }
        return "";
    }

    private static Map<String, List<Word>> load() {
        Map<String, List<Word>> tables = new HashMap<>();
        List<Word> current = new ArrayList<>();
        for (String line : EventTable.lines("words.txt")) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                tables.put(line.substring(1, line.length() - 1), current);
                continue;
            }
            for (String word : line.split(" ")) {
                int equals = word.indexOf('=');
                current.add(new Word(word.substring(0, equals), Long.parseLong(word.substring(equals + 1))));
            }
        }
        return tables;
    }
}
