package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An npm lock file, {@code package-lock.json} or {@code npm-shrinkwrap.json}.
 *
 * <p>Since {@code lockfileVersion} 2 its {@code packages} hold one object for each place, by path from the lock file:
 *
 * <pre>
 *   ""                              the project itself
 *   "node_modules/a"                a dependency; "name" when it is an alias, "version", "resolved", "dev", "extraneous"
 *   "node_modules/a/node_modules/b" a nested one
 *   "tools/c"                       a workspace of the project, linked to from
 *   "node_modules/c"                {"link": true, "resolved": "tools/c"}
 * </pre>
 *
 * <p>Version 1 has a tree of {@code dependencies} by name instead, each with {@code version} and again {@code dependencies}; an alias is
 * a version {@code npm:name@version}, anything else that is no version (an address, a path, a commit) leaves the version unknown. Version
 * 2 holds that tree too, for old readers; it is passed over when there are {@code packages}.
 */
final class LockFile {
    /** The tree of version 1 nests as deep as the installation; each level is a level of our stack. */
    private final int mostDepth;

    private final List<Locked> fromPackages = new ArrayList<>();
    private final List<Locked> fromTree = new ArrayList<>();
    /** For a workspace, the name under which it is linked. */
    private final Map<String, String> linkNames = new HashMap<>();

    private LockFile(int mostDepth) {
        this.mostDepth = mostDepth;
    }

    static List<Locked> parse(byte[] bytes, Limits limits) throws InputException, IOException {
        LockFile lock = new LockFile(limits.depth());
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            lock.read(cursor);
        }
        return lock.fromPackages.isEmpty() ? lock.fromTree : lock.named();
    }

    private void read(JsonCursor cursor) throws InputException, IOException {
        if (!cursor.enterObject()) {
            throw new InputException(InputException.Code.MALFORMED, "no lock file: not a JSON object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "packages" -> readPackages(cursor);
                case "dependencies" -> readTree(cursor, "", 1);
                default -> cursor.skip();
            }
        }
    }

    private void readPackages(JsonCursor cursor) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            String place = cursor.name();
            int line = cursor.line();
            Entry entry = readEntry(cursor);
            if (entry.link) {
                linkNames.put(entry.resolved, ModulePath.nameOfKey(place));
            } else if (!place.isEmpty() && !entry.extraneous) {
                String installed = ModulePath.nameOfKey(place);
                String name = entry.name.isEmpty() ? installed : entry.name;
                String alias = installed.isEmpty() || installed.equals(name) ? "" : installed;
                fromPackages.add(new Locked(place, alias, name, entry.version, entry.development, line));
            }
        }
    }

    /** What the members of one object say. */
    private static final class Entry {
        private String name = "";
        private String version = "";
        private String resolved = "";
        private boolean development;
        private boolean link;
        private boolean extraneous;
    }

    private Entry readEntry(JsonCursor cursor) throws InputException, IOException {
        Entry entry = new Entry();
        if (!cursor.enterObject()) {
            return entry;
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "name" -> entry.name = cursor.text().orElse("");
                case "version" -> entry.version = cursor.text().orElse("");
                case "resolved" -> entry.resolved = cursor.text().orElse("");
                case "dev" -> entry.development = cursor.isTrue();
                case "link" -> entry.link = cursor.isTrue();
                case "extraneous" -> entry.extraneous = cursor.isTrue();
                default -> cursor.skip();
            }
        }
        return entry;
    }

    private void readTree(JsonCursor cursor, String parent, int depth) throws InputException, IOException {
        if (depth > mostDepth) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "dependencies nest deeper than " + mostDepth + "; the rest was not read");
        }
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            String installed = cursor.name();
            String place = parent + "node_modules/" + installed;
            int line = cursor.line();
            String version = "";
            boolean development = false;
            int at = fromTree.size();
            if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    switch (cursor.name()) {
                        case "version" -> version = cursor.text().orElse("");
                        case "dev" -> development = cursor.isTrue();
                        case "dependencies" -> readTree(cursor, place + "/", depth + 1);
                        default -> cursor.skip();
                    }
                }
            }
            // Before its own dependencies, which were read on the way.
            fromTree.add(at, ofTree(place, installed, version, development, line));
        }
    }

    private static Locked ofTree(String place, String installed, String version, boolean development, int line) {
        if (version.startsWith("npm:")) {
            String target = version.substring("npm:".length());
            int separator = target.lastIndexOf('@');
            if (separator > 0) {
                String name = target.substring(0, separator);
                return new Locked(place, installed, name, target.substring(separator + 1), development, line);
            }
        }
        return new Locked(place, "", installed, Locked.isVersion(version) ? version : "", development, line);
    }

    /** The packages, workspaces with the names under which they are linked. */
    private List<Locked> named() {
        List<Locked> named = new ArrayList<>(fromPackages.size());
        for (Locked locked : fromPackages) {
            String name = Optional.of(locked.name())
                    .filter(known -> !known.isEmpty())
                    .orElseGet(() -> linkNames.getOrDefault(locked.place(), ""));
            if (!name.isEmpty()) {
                named.add(new Locked(
                        locked.place(), locked.alias(), name, locked.version(), locked.development(), locked.line()));
            }
        }
        return named;
    }
}
