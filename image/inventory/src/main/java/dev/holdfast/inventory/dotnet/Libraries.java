package dev.holdfast.inventory.dotnet;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import java.io.IOException;

/**
 * The member {@code libraries} of {@code *.deps.json} and {@code project.assets.json}:
 *
 * <pre>
 *   { "libraries": { "Name/1.0.0": { "type": "package" | "project" | "runtimepack" | "referenceassembly" | … } } }
 * </pre>
 *
 * A runtime pack is the runtime itself, deployed with the application; it is NuGet's package of the name behind {@code runtimepack.}.
 * Reference assemblies are never deployed, and projects are no packages.
 */
final class Libraries {
    private static final String RUNTIME_PACK = "runtimepack.";

    private Libraries() {}

    /** Takes one package. */
    @FunctionalInterface
    interface Visitor {
        void found(String name, String version, boolean isRuntime, int line);
    }

    static void read(byte[] json, Limits limits, Visitor visitor) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.openObject(json, limits)) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("libraries") && cursor.enterObject()) {
                    while (cursor.nextMember()) {
                        readLibrary(cursor, visitor);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void readLibrary(JsonCursor cursor, Visitor visitor) throws InputException, IOException {
        String library = cursor.name();
        int line = cursor.line();
        String type = "";
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("type")) {
                    type = cursor.text().orElse("");
                } else {
                    cursor.skip();
                }
            }
        }
        int slash = library.lastIndexOf('/');
        boolean isRuntime = type.equals("runtimepack") && library.startsWith(RUNTIME_PACK);
        if (slash > 0 && (isRuntime || type.equals("package"))) {
            String name = library.substring(isRuntime ? RUNTIME_PACK.length() : 0, slash);
            visitor.found(name, library.substring(slash + 1), isRuntime, line);
        }
    }
}
