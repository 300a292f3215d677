package dev.holdfast.inventory.dart;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.YamlCursor;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads {@code pubspec.lock}, a YAML document:
 *
 * <pre>
 *   packages:
 *     NAME:
 *       dependency: "direct main" | "direct dev" | transitive | "direct overridden"
 *       source: hosted | git | path | sdk
 *       version: "1.0.0"
 * </pre>
 *
 * A package of source {@code sdk} is a part of Flutter or Dart, has no version of its own, and is left out.
 */
public final class PubCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("pubspec.lock");

    @Override
    public String name() {
        return "pub";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Dart, Flutter",
                "`pubspec.lock`",
                "every package with its line, direct ones for development as `dev`"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        YamlCursor cursor = YamlCursor.open(file.bytes(), file.limits());
        if (!cursor.enterMapping()) {
            throw new InputException(InputException.Code.MALFORMED, "no lock file: not a YAML mapping");
        }
        while (cursor.nextKey()) {
            if (cursor.key().equals("packages") && cursor.isMapping() && cursor.enterMapping()) {
                while (cursor.nextKey()) {
                    readPackage(cursor, packages);
                }
            } else {
                cursor.skip();
            }
        }
    }

    private static void readPackage(YamlCursor cursor, Consumer<PackageRecord> packages) throws InputException {
        String name = cursor.key();
        int line = cursor.line();
        String version = "";
        String source = "";
        String dependency = "";
        if (cursor.enterMapping()) {
            while (cursor.nextKey()) {
                switch (cursor.key()) {
                    case "version" -> version = cursor.text().orElse("");
                    case "source" -> source = cursor.text().orElse("");
                    case "dependency" -> dependency = cursor.text().orElse("");
                    default -> cursor.skip();
                }
            }
        }
        if (!source.equals("sdk") && !name.isEmpty()) {
            packages.accept(PackageRecord.locked(PackageType.PUB, name, version, "pubspec.lock", line)
                    .forDevelopment(dependency.equals("direct dev")));
        }
    }
}
