package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.format.YamlCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who depends on whom in a pnpm lock file of version 9.
 *
 * <pre>
 *   importers:                                          snapshots:
 *     PATH:                                               name@1.0.0(peer@2.0.0):
 *       dependencies | optionalDependencies                 dependencies | optionalDependencies:
 *       | devDependencies:                                    other: 1.0.0(peer@2.0.0)
 *         name: {specifier: ^1.0.0, version: 1.0.0}           alias: real@1.0.0
 * </pre>
 */
final class PnpmGraph {
    private final List<String> needed = new ArrayList<>();
    private final List<String> forDevelopment = new ArrayList<>();
    private final Map<String, List<String>> dependencies = new HashMap<>();

    boolean isEmpty() {
        return dependencies.isEmpty();
    }

    void readImporters(YamlCursor cursor) throws InputException {
        if (!cursor.enterMapping()) {
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.enterMapping()) {
                while (cursor.nextKey()) {
                    switch (cursor.key()) {
                        case "dependencies", "optionalDependencies" -> readWishes(cursor, needed);
                        case "devDependencies" -> readWishes(cursor, forDevelopment);
                        default -> cursor.skip();
                    }
                }
            }
        }
    }

    private static void readWishes(YamlCursor cursor, List<String> wishes) throws InputException {
        if (!cursor.enterMapping()) {
            return;
        }
        while (cursor.nextKey()) {
            String name = cursor.key();
            if (cursor.enterMapping()) {
                while (cursor.nextKey()) {
                    if (cursor.key().equals("version")) {
                        wishes.add(identifier(name, cursor.text().orElse("")));
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    void readSnapshots(YamlCursor cursor) throws InputException {
        if (!cursor.enterMapping()) {
            return;
        }
        while (cursor.nextKey()) {
            List<String> own = new ArrayList<>();
            dependencies.put(cursor.key(), own);
            if (cursor.enterMapping()) {
                while (cursor.nextKey()) {
                    switch (cursor.key()) {
                        case "dependencies", "optionalDependencies" -> readDependencies(cursor, own);
                        default -> cursor.skip();
                    }
                }
            }
        }
    }

    private static void readDependencies(YamlCursor cursor, List<String> own) throws InputException {
        if (!cursor.enterMapping()) {
            return;
        }
        while (cursor.nextKey()) {
            String name = cursor.key();
            own.add(identifier(name, cursor.text().orElse("")));
        }
    }

    /** A version is of the name before it; an alias' value is an identifier itself. */
    private static String identifier(String name, String version) {
        int peers = version.indexOf('(');
        int at = version.indexOf('@', 1);
        boolean isAlias = at > 0 && (peers < 0 || at < peers) && version.indexOf(':') < 0;
        return isAlias ? version : name + "@" + version;
    }

    /** Those of the identifiers, without peers, that development leads to and nothing else does. */
    Set<String> onlyForDevelopment(Set<String> identifiers) {
        Set<String> production = reachable(needed);
        Set<String> development = reachable(forDevelopment);
        Set<String> only = new HashSet<>();
        for (String identifier : identifiers) {
            if (development.contains(identifier) && !production.contains(identifier)) {
                only.add(identifier);
            }
        }
        return only;
    }

    private Set<String> reachable(List<String> from) {
        Set<String> seen = new HashSet<>(from);
        Set<String> plain = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            String next = open.remove();
            int peers = next.indexOf('(');
            plain.add(peers < 0 ? next : next.substring(0, peers));
            for (String dependency : dependencies.getOrDefault(next, List.of())) {
                if (seen.add(dependency)) {
                    open.add(dependency);
                }
            }
        }
        return plain;
    }
}
