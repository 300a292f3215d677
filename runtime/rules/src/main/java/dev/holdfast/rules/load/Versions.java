package dev.holdfast.rules.load;

import java.util.Map;
import java.util.Optional;

/** The versions of Falco's engine and plugins whose language and fields are understood. */
final class Versions {
    /** The engine of Falco 0.44. */
    static final String ENGINE = "0.63.0";

    /** Whose fields we have. */
    private static final Map<String, String> PLUGINS =
            Map.of("container", "0.7.2", "k8saudit", "0.18.0", "json", "0.7.4", "k8smeta", "0.4.1");

    private Versions() {}

    /** The version of a plugin that is built in. */
    static Optional<String> ofPlugin(String name) {
        return Optional.ofNullable(PLUGINS.get(name));
    }

    /** Whether the text is a version, {@code x.y.z} with what may follow. */
    static boolean isVersion(String text) {
        return parts(text).isPresent();
    }

    /** Whether ours meets what is required: of the same major version, and not older. */
    static boolean isMet(String ours, String required) {
        long[] have = parts(ours).orElseThrow();
        long[] need = parts(required).orElseThrow();
        return have[0] == need[0] && (have[1] > need[1] || (have[1] == need[1] && have[2] >= need[2]));
    }

    private static Optional<long[]> parts(String text) {
        long[] parts = new long[3];
        int at = 0;
        for (int part = 0; part < 3; part++) {
            int start = at;
            while (at < text.length() && at - start < 10 && Character.digit(text.charAt(at), 10) >= 0) {
                parts[part] = parts[part] * 10 + Character.digit(text.charAt(at++), 10);
            }
            if (at == start || (part < 2 && (at == text.length() || text.charAt(at++) != '.'))) {
                return Optional.empty();
            }
        }
        return at == text.length() || "-+".indexOf(text.charAt(at)) >= 0 ? Optional.of(parts) : Optional.empty();
    }
}
