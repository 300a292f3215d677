package dev.holdfast.inventory.java;

import java.util.regex.Pattern;

/**
 * Maven coordinates, as far as they are known.
 *
 * @param group group id; empty when unknown
 * @param artifact artifact id; empty when unknown
 * @param version empty when unknown
 */
record Coordinates(String group, String artifact, String version) {
    /** What Maven allows in an id; anything else, an unfilled placeholder above all, is no coordinate. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.\\-]{1,256}");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+\\-~]{0,127}");

    Coordinates {
        group = ID.matcher(group).matches() ? group : "";
        artifact = ID.matcher(artifact).matches() ? artifact : "";
        version = VERSION.matcher(version).matches() ? version : "";
    }

    /** {@code group:artifact}, or the artifact alone where no group is known. */
    String name() {
        return group.isEmpty() ? artifact : group + ":" + artifact;
    }

    Coordinates withVersion(String value) {
        return new Coordinates(group, artifact, value);
    }

    /** What is unknown here, taken from there. */
    Coordinates or(Coordinates fallback) {
        return new Coordinates(
                group.isEmpty() ? fallback.group : group,
                artifact.isEmpty() ? fallback.artifact : artifact,
                version.isEmpty() ? fallback.version : version);
    }
}
