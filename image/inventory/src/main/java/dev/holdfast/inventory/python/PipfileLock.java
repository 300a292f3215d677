package dev.holdfast.inventory.python;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Pipenv's lock file: {@code {"_meta": {…}, "default": {NAME: {"version": "==1.0"}}, "develop": {…}}}, and any further category beside
 * these two. A package from a repository or a folder has no version.
 */
final class PipfileLock {
    private static final String EVIDENCE = "Pipfile.lock";

    private PipfileLock() {}

    static void read(byte[] bytes, Limits limits, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            if (!cursor.enterObject()) {
                throw new InputException(InputException.Code.MALFORMED, "no lock file: not a JSON object");
            }
            while (cursor.nextMember()) {
                if (cursor.name().equals("_meta")) {
                    cursor.skip();
                } else {
                    readCategory(cursor, cursor.name().equals("develop"), packages);
                }
            }
        }
    }

    private static void readCategory(JsonCursor cursor, boolean isForDevelopment, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextMember()) {
            String name = MetadataPath.normalised(cursor.name());
            int line = cursor.line();
            String version = "";
            if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    if (cursor.name().equals("version")) {
                        version = cursor.text().orElse("");
                    } else {
                        cursor.skip();
                    }
                }
            }
            String plain = version.startsWith("==") ? version.substring(2).strip() : "";
            packages.accept(PackageRecord.locked(PackageType.PYPI, name, plain, EVIDENCE, line)
                    .forDevelopment(isForDevelopment));
        }
    }
}
