package dev.holdfast.it.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What must meet which rule, by the kind of container that it happens in.
 *
 * <pre>
 * "[" kind "]"      begins the part of a kind of container
 * rule              a line of its own: the name of a rule
 * "+" command       meets the rule
 * "-" command       does not
 * "#" …             is not read
 * </pre>
 *
 * @param rule its name
 * @param command a line for {@code /bin/sh}
 * @param isMet whether the command must meet it
 */
record Triggers(String rule, String command, boolean isMet) {
    /** Reads a table that lies beside this class. */
    static Map<String, List<Triggers>> read(String name) throws IOException {
        Map<String, List<Triggers>> triggers = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Triggers.class.getResourceAsStream(name), name), StandardCharsets.UTF_8))) {
            String kind = "";
            String rule = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    kind = line.substring(1, line.indexOf(']'));
                } else if (line.startsWith("+ ") || line.startsWith("- ")) {
                    triggers.computeIfAbsent(kind, any -> new ArrayList<>())
                            .add(new Triggers(rule, line.substring(2).replace("\\n", "\n"), line.startsWith("+")));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rule = line;
                }
            }
        }
        return triggers;
    }

    @Override
    public String toString() {
        return rule + (isMet ? " is met by " : " is not met by ") + command;
    }
}
