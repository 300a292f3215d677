package dev.holdfast.inventory.build;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.format.XmlTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code pom.xml} (Maven's POM reference, model 4.0.0), as far as it tells dependencies:
 *
 * <pre>
 *   project   groupId  artifactId  version  parent { groupId artifactId version relativePath }  properties { NAME }
 *             dependencies { dependency { groupId artifactId version scope } }
 *             dependencyManagement { dependencies { dependency … } }
 * </pre>
 *
 * What profiles and plugins add is not part of the project as such, and is left out.
 */
final class ProjectFile {
    private static final String DEPENDENCY = "project/dependencies/dependency";
    private static final String MANAGED = "project/dependencyManagement/dependencies/dependency";
    private static final String PROPERTIES = "project/properties/";

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> managed = new HashMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private Dependency current = Dependency.NONE;

    private ProjectFile() {}

    /**
     * A dependency as it is written, placeholders and all.
     *
     * @param scope empty for the usual one
     */
    record Dependency(String group, String artifact, String version, String scope, int line) {
        static final Dependency NONE = new Dependency("", "", "", "", 0);

        Dependency with(String field, String value) {
            return switch (field) {
                case "groupId" -> new Dependency(value, artifact, version, scope, line);
                case "artifactId" -> new Dependency(group, value, version, scope, line);
                case "version" -> new Dependency(group, artifact, value, scope, line);
                case "scope" -> new Dependency(group, artifact, version, value, line);
                default -> this;
            };
        }
    }

    static ProjectFile parse(byte[] bytes, Limits limits) throws InputException {
        ProjectFile project = new ProjectFile();
        XmlTags tags = new XmlTags(bytes);
        List<String> open = new ArrayList<>();
        while (tags.advance()) {
            if (tags.isClosing()) {
                project.close(String.join("/", open));
                if (!open.isEmpty()) {
                    open.removeLast();
                }
            } else if (!tags.isEmpty()) {
                open.add(tags.name());
                if (open.size() > limits.depth()) {
                    throw new InputException(
                            InputException.Code.LIMIT, "the project file nests deeper than " + limits.depth());
                }
                project.open(String.join("/", open), tags);
            }
        }
        return project;
    }

    private void open(String path, XmlTags tags) {
        if (path.equals(DEPENDENCY) || path.equals(MANAGED)) {
            current = new Dependency("", "", "", "", tags.line());
        } else if (path.startsWith(DEPENDENCY) || path.startsWith(MANAGED)) {
            int field = (path.startsWith(DEPENDENCY) ? DEPENDENCY : MANAGED).length() + 1;
            current = current.with(path.substring(field), tags.text());
        } else if (path.startsWith(PROPERTIES)
                || path.startsWith("project/parent/")
                || path.indexOf('/') == path.lastIndexOf('/')) {
            values.putIfAbsent(path, tags.text());
        }
    }

    private void close(String path) {
        if (path.equals(DEPENDENCY)) {
            dependencies.add(current);
        } else if (path.equals(MANAGED)) {
            managed.putIfAbsent(current.group() + ":" + current.artifact(), current.version());
        }
    }

    private String value(String path) {
        return values.getOrDefault(path, "");
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    /** The version that this file manages for {@code group:artifact}; empty when it does not. */
    String managedVersion(String name) {
        return managed.getOrDefault(name, "");
    }

    String property(String name) {
        return value(PROPERTIES + name);
    }

    String group() {
        String own = value("project/groupId");
        return own.isEmpty() ? parentGroup() : own;
    }

    String artifact() {
        return value("project/artifactId");
    }

    String version() {
        String own = value("project/version");
        return own.isEmpty() ? parentVersion() : own;
    }

    String parentGroup() {
        return value("project/parent/groupId");
    }

    String parentVersion() {
        return value("project/parent/version");
    }

    boolean hasParent() {
        return !value("project/parent/artifactId").isEmpty();
    }

    /** Where the parent's file is, from this one's folder. */
    String parentPath() {
        String path = value("project/parent/relativePath");
        return path.isEmpty() ? "../pom.xml" : path;
    }

    boolean isChildOf(ProjectFile parent) {
        return parent.artifact().equals(value("project/parent/artifactId"))
                && parent.group().equals(parentGroup());
    }
}
