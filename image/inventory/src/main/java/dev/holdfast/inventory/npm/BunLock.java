package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Bun's text lock file, JSON with comments and trailing commas:
 *
 * <pre>
 *   { "lockfileVersion": 1, "workspaces": {…},
 *     "packages": { "a": ["a@1.0.0", "", {…}, "sha512-…"],  "x/a": ["a@2.0.0", …],  "mine": ["mine@workspace:tools/mine"],
 *                   "alias": ["real@1.0.0", …] } }
 * </pre>
 *
 * The key is the place, with slashes between a package and what is nested in it; the first element of the value tells the package.
 */
final class BunLock {
    private BunLock() {}

    static List<Locked> parse(byte[] bytes, Limits limits) throws InputException, IOException {
        List<Locked> found = new ArrayList<>();
        try (JsonCursor cursor = JsonCursor.openRelaxed(bytes, limits)) {
            if (!cursor.enterObject()) {
                throw new InputException(InputException.Code.MALFORMED, "no lock file: not a JSON object");
            }
            while (cursor.nextMember()) {
                if (cursor.name().equals("packages") && cursor.enterObject()) {
                    readPackages(cursor, found);
                } else {
                    cursor.skip();
                }
            }
        }
        return found;
    }

    private static void readPackages(JsonCursor cursor, List<Locked> found) throws InputException, IOException {
        while (cursor.nextMember()) {
            String place = cursor.name();
            int line = cursor.line();
            if (!cursor.enterArray()) {
                continue;
            }
            boolean isFirst = true;
            while (cursor.nextElement()) {
                String identifier = isFirst ? cursor.text().orElse("") : "";
                if (isFirst) {
                    add(identifier, place, line, found);
                } else {
                    cursor.skip();
                }
                isFirst = false;
            }
        }
    }

    private static void add(String identifier, String place, int line, List<Locked> found) {
        String name = Locked.nameIn(identifier);
        String rest = Locked.restOf(identifier);
        if (name.isEmpty() || rest.startsWith("workspace:") || rest.startsWith("link:") || rest.startsWith("root:")) {
            return;
        }
        boolean isOwnName = place.equals(name) || place.endsWith("/" + name);
        found.add(new Locked(place, isOwnName ? "" : place, name, Locked.isVersion(rest) ? rest : "", false, line));
    }
}
