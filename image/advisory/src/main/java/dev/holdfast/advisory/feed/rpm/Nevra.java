package dev.holdfast.advisory.feed.rpm;

import java.util.Optional;

/**
 * A package as RPM feeds write it in one word, {@code name-[epoch:]version-release[.architecture]}: names may hold hyphens, versions and
 * releases never do, so the last two hyphens part them.
 *
 * @param name package name
 * @param version {@code [epoch:]version-release}, the epoch left out when it is 0, as packages record it
 * @param architecture empty when there is none
 */
public record Nevra(String name, String version, String architecture) {

    /** Reads {@code bind-32:9.11.36-5.el8}, without an architecture. */
    public static Optional<Nevra> parse(String text) {
        int release = text.lastIndexOf('-');
        int version = release < 1 ? -1 : text.lastIndexOf('-', release - 1);
        if (version < 1 || release - version < 2 || release == text.length() - 1 || text.length() > 512) {
            return Optional.empty();
        }
        return Optional.of(new Nevra(text.substring(0, version), evr(text.substring(version + 1)), ""));
    }

    /** Reads a file name: {@code kpartx-0.8.7-16.amzn2023.0.1.aarch64[.rpm]}. */
    public static Optional<Nevra> parseFile(String text) {
        String file = text.endsWith(".rpm") ? text.substring(0, text.length() - 4) : text;
        int dot = file.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String architecture = file.substring(dot + 1);
        return parse(file.substring(0, dot)).map(it -> new Nevra(it.name, it.version, architecture));
    }

    /** The version of an epoch, a version and a release that stand apart. */
    public static String evr(String epoch, String version, String release) {
        String start = epoch.isEmpty() || epoch.equals("0") || epoch.equals("(none)") ? "" : epoch + ":";
        return start + version + (release.isEmpty() ? "" : "-" + release);
    }

    /** A version without the epoch 0 that some feeds write. */
    public static String evr(String text) {
        String stripped = text.strip();
        return stripped.startsWith("0:") ? stripped.substring(2) : stripped;
    }

    /** The module that a release's tag betrays: {@code ?} for some module whose stream is not told, empty for none. */
    public static String moduleOf(String version) {
        return version.contains(".module_el") || version.contains(".module+el") ? "?" : "";
    }
}
