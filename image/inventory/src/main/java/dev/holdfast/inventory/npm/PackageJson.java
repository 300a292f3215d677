package dev.holdfast.inventory.npm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import java.io.IOException;

/**
 * The head of a {@code package.json}: the members {@code name} and {@code version} of the outermost object. Reading stops when both are
 * known; they mostly stand first.
 *
 * @param name empty when there is none
 * @param version empty when there is none
 */
record PackageJson(String name, String version) {
    static PackageJson parse(byte[] bytes, Limits limits) throws InputException, IOException {
        String name = "";
        String version = "";
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            if (cursor.enterObject()) {
                while ((name.isEmpty() || version.isEmpty()) && cursor.nextMember()) {
                    switch (cursor.name()) {
                        case "name" -> name = cursor.text().orElse("");
                        case "version" -> version = cursor.text().orElse("");
                        default -> cursor.skip();
                    }
                }
            }
        }
        return new PackageJson(name.strip(), version.strip());
    }
}
