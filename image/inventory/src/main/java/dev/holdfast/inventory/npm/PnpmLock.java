package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.format.YamlCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * pnpm's lock file, a YAML document. Its {@code packages} have keys that changed with {@code lockfileVersion}:
 *
 * <pre>
 *   5    /name/1.0.0    /@scope/name/1.0.0_peer@2.0.0       registry/name/1.0.0
 *   6    /name@1.0.0    /@scope/name@1.0.0(peer@2.0.0)
 *   9    name@1.0.0     name@ADDRESS
 *   any  an address or file:path, for what is from no registry
 * </pre>
 *
 * <p>A package from no registry says {@code name} and {@code version} in its value. {@code dev: true} marks what only development needs;
 * version 9 left that out, and it is told from what the {@code importers} ask for and the {@code snapshots} depend on.
 */
final class PnpmLock {
    private final YamlCursor cursor;
    private final List<Locked> found = new ArrayList<>();

    /** Of version 9, by identifier with peers. */
    private final PnpmGraph graph = new PnpmGraph();

    private final Set<String> identifiers = new HashSet<>();

    private PnpmLock(YamlCursor cursor) {
        this.cursor = cursor;
    }

    static List<Locked> parse(byte[] bytes, Limits limits) throws InputException {
        PnpmLock lock = new PnpmLock(YamlCursor.open(bytes, limits));
        lock.read();
        return lock.marked();
    }

    private void read() throws InputException {
        if (!cursor.enterMapping()) {
            throw new InputException(InputException.Code.MALFORMED, "no lock file: not a YAML mapping");
        }
        while (cursor.nextKey()) {
            switch (cursor.key()) {
                case "packages" -> readPackages();
                case "importers" -> graph.readImporters(cursor);
                case "snapshots" -> graph.readSnapshots(cursor);
                default -> cursor.skip();
            }
        }
    }

    private void readPackages() throws InputException {
        if (!cursor.enterMapping()) {
            return;
        }
        while (cursor.nextKey()) {
            String key = cursor.key();
            int line = cursor.line();
            String name = "";
            String version = "";
            boolean development = false;
            if (cursor.enterMapping()) {
                while (cursor.nextKey()) {
                    switch (cursor.key()) {
                        case "name" -> name = cursor.text().orElse("");
                        case "version" -> version = cursor.text().orElse("");
                        case "dev" -> development = cursor.text().orElse("").equals("true");
                        default -> cursor.skip();
                    }
                }
            }
            Locked told = identified(key, development, line);
            String bestName = name.isEmpty() ? told.name() : name;
            String bestVersion = version.isEmpty() ? told.version() : version;
            if (!bestName.isEmpty()) {
                identifiers.add(key);
                found.add(new Locked(key, "", bestName, bestVersion, development, line));
            }
        }
    }

    /** What the key tells; name and version are empty when it does not. */
    private static Locked identified(String key, boolean development, int line) {
        String plain = key.startsWith("/") ? key.substring(1) : key;
        int peers = plain.indexOf('(');
        plain = peers < 0 ? plain : plain.substring(0, peers);
        int slash = plain.lastIndexOf('/');
        if (slash > 0 && isOfFive(plain.substring(slash + 1))) {
            String version = plain.substring(slash + 1);
            int underscore = version.indexOf('_');
            return new Locked(
                    "",
                    "",
                    nameBefore(plain, slash),
                    underscore < 0 ? version : version.substring(0, underscore),
                    development,
                    line);
        }
        int at = separator(plain);
        if (at < 0 || plain.lastIndexOf(':', at) >= 0) {
            return new Locked("", "", "", "", development, line); // an address
        }
        String version = plain.substring(at + 1);
        return new Locked("", "", nameBefore(plain, at), Locked.isVersion(version) ? version : "", development, line);
    }

    /** Whether the last segment is a version of lock file 5: an {@code @} in it is of the peers, behind a {@code _}. */
    private static boolean isOfFive(String segment) {
        int underscore = segment.indexOf('_');
        int at = segment.indexOf('@');
        return Locked.isVersion(segment) && (at < 0 || underscore >= 0 && underscore < at);
    }

    /** The {@code @} between name and version: the first that begins no scope. */
    private static int separator(String plain) {
        int at = plain.indexOf('@', 1);
        while (at > 0 && plain.charAt(at - 1) == '/') {
            at = plain.indexOf('@', at + 1);
        }
        return at;
    }

    /** The last segment, or the last two when the first of them is a scope: a registry's host may stand before. */
    private static String nameBefore(String plain, int end) {
        int start = plain.lastIndexOf('/', end - 1) + 1;
        int scope = start < 2 ? 0 : plain.lastIndexOf('/', start - 2) + 1;
        return start > 0 && plain.charAt(scope) == '@' ? plain.substring(scope, end) : plain.substring(start, end);
    }

    /** With version 9's development marks. */
    private List<Locked> marked() {
        if (graph.isEmpty()) {
            return found;
        }
        Set<String> development = graph.onlyForDevelopment(identifiers);
        List<Locked> marked = new ArrayList<>(found.size());
        for (Locked each : found) {
            marked.add(new Locked(
                    "",
                    each.alias(),
                    each.name(),
                    each.version(),
                    each.development() || development.contains(each.place()),
                    each.line()));
        }
        return marked;
    }
}
