package dev.holdfast.inventory.php;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads {@code composer.lock} and {@code vendor/composer/installed.json}.
 *
 * <pre>
 *   lock       { "packages": [ PACKAGE, … ], "packages-dev": [ PACKAGE, … ] }
 *   installed  { "packages": [ PACKAGE, … ], "dev-package-names": [ NAME, … ] }        Composer 2
 *              [ PACKAGE, … ]                                                          Composer 1
 *   PACKAGE    { "name": "vendor/name", "version": "v1.2.3" or "dev-branch", … }
 * </pre>
 */
public final class ComposerCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("composer.lock", "installed.json");
    private static final String INSTALLED = "/vendor/composer/installed.json";

    @Override
    public String name() {
        return "composer";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "PHP, installed", "`vendor/composer/installed.json`", "every installed package, `dev` marked"),
                new Reads(
                        "PHP, locked",
                        "`composer.lock`",
                        "every package with its line, `dev` marked; a branch (`dev-main`) as it is called"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("/composer.lock")
                ? !BroughtAlong.isInside(path) && !path.contains("/vendor/")
                : path.endsWith(INSTALLED);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        boolean isLock = file.name().equals("composer.lock");
        List<PackageRecord> found = new ArrayList<>();
        Set<String> development = new HashSet<>();
        try (JsonCursor cursor = JsonCursor.open(file.bytes(), file.limits())) {
            if (cursor.isArray()) {
                readAll(cursor, isLock, false, found);
            } else if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    switch (cursor.name()) {
                        case "packages" -> readAll(cursor, isLock, false, found);
                        case "packages-dev" -> readAll(cursor, isLock, true, found);
                        case "dev-package-names" -> readNames(cursor, development);
                        default -> cursor.skip();
                    }
                }
            } else {
                throw new InputException(InputException.Code.MALFORMED, "expected a JSON object or array");
            }
        }
        for (PackageRecord each : found) {
            packages.accept(each.forDevelopment(development.contains(each.name())));
        }
    }

    private static void readAll(JsonCursor cursor, boolean isLock, boolean isForDevelopment, List<PackageRecord> found)
            throws InputException, IOException {
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            int line = cursor.line();
            String name = "";
            String version = "";
            if (cursor.enterObject()) {
                while (cursor.nextMember()) {
                    switch (cursor.name()) {
                        case "name" -> name = cursor.text().orElse("");
                        case "version" -> version = cursor.text().orElse("");
                        default -> cursor.skip();
                    }
                }
            }
            if (!name.isEmpty()) {
                PackageRecord one = isLock
                        ? PackageRecord.locked(PackageType.COMPOSER, name, version, "composer.lock", line)
                        : PackageRecord.of(PackageType.COMPOSER, name, version, Confidence.HIGH, "installed.json")
                                .withLine(line);
                found.add(one.forDevelopment(isForDevelopment));
            }
        }
    }

    private static void readNames(JsonCursor cursor, Set<String> names) throws InputException, IOException {
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                cursor.text().ifPresent(names::add);
            }
        }
    }
}
