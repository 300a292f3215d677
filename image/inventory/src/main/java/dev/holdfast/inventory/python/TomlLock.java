package dev.holdfast.inventory.python;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.toml.Toml;
import dev.holdfast.core.toml.Toml.Table;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The lock files that hold a table {@code [[package]]}, or {@code [[packages]]} in {@code pylock.toml} (PEP 751), for each package:
 *
 * <pre>
 *   name, version
 *   category = "dev" | "main"        Poetry before 1.5
 *   groups = ["main", "dev", …]      Poetry since 2, PDM since 2.3 ("default" is its main group)
 * </pre>
 *
 * <p>PDM lists a package once for each set of extras; it counts once. A package without a version, such as a folder, has none here.
 */
final class TomlLock {
    private static final Set<String> MAIN = Set.of("main", "default");

    private TomlLock() {}

    static void read(byte[] bytes, String evidence, Limits limits, Consumer<PackageRecord> packages)
            throws InputException {
        Set<String> seen = new HashSet<>();
        for (Table table : Toml.parse(bytes, limits)) {
            boolean isPackage = table.isElement()
                    && (table.name().equals("package") || table.name().equals("packages"));
            String name = isPackage ? MetadataPath.normalised(table.text("name")) : "";
            if (!name.isEmpty() && seen.add(name + " " + table.text("version"))) {
                packages.accept(
                        PackageRecord.locked(PackageType.PYPI, name, table.text("version"), evidence, table.line())
                                .forDevelopment(isForDevelopment(table)));
            }
        }
    }

    private static boolean isForDevelopment(Table table) {
        JsonValue groups = table.values().get("groups");
        List<String> names = groups.texts();
        for (String group : names) {
            if (MAIN.contains(group)) {
                return false;
            }
        }
        return !names.isEmpty() || table.text("category").equals("dev");
    }
}
