package dev.holdfast.jvm.reach.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image's configuration says about how it starts; nothing of it is trusted.
 *
 * @param environment in order
 * @param words entrypoint and command, one behind the other
 * @param workingDirectory absolute; {@code /} when the image does not say
 */
public record StartSettings(Map<String, String> environment, List<String> words, String workingDirectory) {
    public StartSettings {
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        words = List.copyOf(words);
        workingDirectory = workingDirectory.startsWith("/") ? workingDirectory : "/" + workingDirectory;
    }

    /**
     * From the lists of an image's configuration.
     *
     * @param environment {@code NAME=value}
     */
    public static StartSettings of(
            List<String> environment, List<String> entrypoint, List<String> command, String workingDirectory) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : environment) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        List<String> words = new ArrayList<>(entrypoint);
        words.addAll(command);
        return new StartSettings(variables, words, workingDirectory);
    }
}
