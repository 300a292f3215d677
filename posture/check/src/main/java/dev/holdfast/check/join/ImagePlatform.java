package dev.holdfast.check.join;

import java.util.Locale;
import java.util.Map;

/**
 * For which machines an image, or a manifest, is meant.
 *
 * @param system such as {@code linux}; empty when nothing says
 * @param architecture as Go names it, such as {@code amd64}; empty when nothing says
 */
public record ImagePlatform(String system, String architecture) {
    private static final Map<String, String> OTHER_NAMES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64");

    static final ImagePlatform ANY = new ImagePlatform("", "");

    public ImagePlatform {
        String lower = architecture.toLowerCase(Locale.ROOT);
        architecture = OTHER_NAMES.getOrDefault(lower, lower);
        system = system.toLowerCase(Locale.ROOT);
    }

    /** Reads {@code os/architecture[/variant]}. */
    static ImagePlatform parse(String text) {
        String[] parts = text.split("/", -1);
        return text.contains("$") || parts.length < 2 ? ANY : new ImagePlatform(parts[0], parts[1]);
    }

    /** Whether one cannot run where the other is meant to. */
    boolean contradicts(ImagePlatform other) {
        return differ(system, other.system) || differ(architecture, other.architecture);
    }

    private static boolean differ(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && !a.equals(b);
    }

    @Override
    public String toString() {
        return architecture.isEmpty() ? system : system.isEmpty() ? architecture : system + "/" + architecture;
    }
}
