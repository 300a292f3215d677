package dev.holdfast.rules.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of paths, and the question whether another path is one of them or lies below one. Paths are compared component by component, so that
 * {@code /tmp} has {@code /tmp/a} below it, but not {@code /tmpa}; a component may be a glob. Slashes in a row are one, and one at the end
 * does not count.
 */
public final class PathPrefixes {
    private final Map<String, PathPrefixes> literal = new HashMap<>();
    private final List<Branch> globs = new ArrayList<>(0);
    private boolean isEnd;

    private record Branch(Glob glob, String pattern, PathPrefixes below) {}

    public PathPrefixes(List<String> paths) {
        for (String path : paths) {
            add(path);
        }
    }

    private void add(String path) {
        PathPrefixes node = this;
        int at = 0;
        while (at < path.length()) {
            int end = componentEnd(path, at);
            node = node.child(path.substring(at, end));
            at = nextComponent(path, end);
        }
        if (!path.isEmpty()) {
            node.isEnd = true;
        }
    }

    private PathPrefixes child(String component) {
        if (Glob.isLiteral(component)) {
            return literal.computeIfAbsent(component, any -> new PathPrefixes(List.of()));
        }
        for (Branch branch : globs) {
            if (branch.pattern.equals(component)) {
                return branch.below;
            }
        }
        Branch branch = new Branch(new Glob(component, false), component, new PathPrefixes(List.of()));
        globs.add(branch);
        return branch.below;
    }

    /** The end of the component at a place; a slash at the very beginning is a component of its own. */
    private static int componentEnd(String path, int at) {
        if (at == 0 && path.charAt(0) == '/') {
            return 1;
        }
        int slash = path.indexOf('/', at);
        return slash < 0 ? path.length() : slash;
    }

    private static int nextComponent(String path, int end) {
        int at = end;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return at;
    }

    /** Whether the path is one of these, or lies below one. */
    public boolean contain(String path) {
        return !path.isEmpty() && contain(path, 0);
    }

    private boolean contain(String path, int at) {
        if (isEnd) {
            return true;
        }
        if (at >= path.length() || (literal.isEmpty() && globs.isEmpty())) {
            return false;
        }
        int end = componentEnd(path, at);
        String component = path.substring(at, end);
        int next = nextComponent(path, end);
        PathPrefixes below = literal.get(component);
        if (below != null && below.contain(path, next)) {
            return true;
        }
        for (int i = 0; i < globs.size(); i++) {
            if (globs.get(i).glob.matches(component) && globs.get(i).below.contain(path, next)) {
                return true;
            }
        }
        return false;
    }
}
