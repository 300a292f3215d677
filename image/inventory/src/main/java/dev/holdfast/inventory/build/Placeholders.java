package dev.holdfast.inventory.build;

import java.util.List;

/** Replaces {@code ${name}} in the values of a project file by what it and its parents say. */
final class Placeholders {
    /** A property may be written with others; more rounds than this are a circle. */
    private static final int MOST_ROUNDS = 8;

    /** Longer values are made to grow, not to name a version. */
    private static final int LONGEST = 1_024;

    private Placeholders() {}

    /** The value without placeholders; empty when one cannot be told. */
    static String resolved(String value, List<ProjectFile> chain) {
        String resolved = value;
        for (int round = 0; round < MOST_ROUNDS && resolved.contains("${"); round++) {
            resolved = once(resolved, chain);
            if (resolved.length() > LONGEST) {
                return "";
            }
        }
        return resolved.contains("${") ? "" : resolved;
    }

    private static String once(String value, List<ProjectFile> chain) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int open = value.indexOf("${", at);
            int close = open < 0 ? -1 : value.indexOf('}', open);
            if (close < 0) {
                return out.append(value, at, value.length()).toString();
            }
            String found = lookUp(value.substring(open + 2, close), chain);
            if (found.isEmpty()) {
                return value;
            }
            out.append(value, at, open).append(found);
            at = close + 1;
        }
        return out.toString();
    }

    private static String lookUp(String name, List<ProjectFile> chain) {
        String plain = name.startsWith("pom.") ? "project." + name.substring("pom.".length()) : name;
        ProjectFile project = chain.getFirst();
        String own = switch (plain) {
            case "project.version", "version" -> project.version();
            case "project.groupId", "groupId" -> project.group();
            case "project.artifactId" -> project.artifact();
            case "project.parent.version" -> project.parentVersion();
            case "project.parent.groupId" -> project.parentGroup();
            default -> "";
        };
        for (int i = 0; i < chain.size() && own.isEmpty(); i++) {
            own = chain.get(i).property(name);
        }
        return own;
    }
}
