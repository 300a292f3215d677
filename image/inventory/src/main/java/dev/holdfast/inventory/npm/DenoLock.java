package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deno's lock file. Packages of npm and JSR are keys, {@code name@1.0.0} with {@code _peer@2.0.0} behind it where there are peers:
 *
 * <pre>
 *   version 2   "npm": { "specifiers": {…}, "packages": { KEY: {…} } }
 *   version 3   "packages": { "specifiers": {…}, "jsr": { KEY: {…} }, "npm": { KEY: {…} } }
 *   version 4   "jsr": { KEY: {…} }, "npm": { KEY: {…} }
 * </pre>
 *
 * What is loaded from an address, under {@code remote}, has neither name nor version.
 */
final class DenoLock {
    private static final String EVIDENCE = "deno.lock";

    private final JsonCursor cursor;
    private final Consumer<PackageRecord> packages;
    private final Set<String> seen = new HashSet<>();

    private DenoLock(JsonCursor cursor, Consumer<PackageRecord> packages) {
        this.cursor = cursor;
        this.packages = packages;
    }

    static void read(byte[] bytes, Limits limits, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            new DenoLock(cursor, packages).read();
        }
    }

    private void read() throws InputException, IOException {
        if (!cursor.enterObject()) {
            throw new InputException(InputException.Code.MALFORMED, "no lock file: not a JSON object");
        }
        while (cursor.nextMember()) {
            if (!readKind() && cursor.name().equals("packages") && cursor.enterObject()) {
                while (cursor.nextMember()) {
                    if (!readKind()) {
                        cursor.skip();
                    }
                }
            }
        }
    }

    /** Reads the packages of the member at hand when it is one of the kinds. */
    private boolean readKind() throws InputException, IOException {
        switch (cursor.name()) {
            case "npm" -> readKeys(PackageType.NPM);
            case "jsr" -> readKeys(PackageType.JSR);
            case "packages" -> {
                return false;
            }
            default -> cursor.skip();
        }
        return true;
    }

    private void readKeys(PackageType type) throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            String key = cursor.name();
            if (key.equals("packages")) {
                readKeys(type); // of version 2, one level deeper
                continue;
            }
            String version = Locked.restOf(key);
            int peers = version.indexOf('_');
            version = peers < 0 ? version : version.substring(0, peers);
            if (Locked.isVersion(version) && seen.add(type + " " + Locked.nameIn(key) + " " + version)) {
                packages.accept(PackageRecord.locked(type, Locked.nameIn(key), version, EVIDENCE, cursor.line()));
            }
            cursor.skip();
        }
    }
}
