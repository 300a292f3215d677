package dev.holdfast.inventory.cran;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.BroughtAlong;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.Stanzas;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the {@code DESCRIPTION} of installed R packages, control data with {@code Package}, {@code Version} and {@code License}, and renv's
 * lock file: {@code {"R": {…}, "Packages": {NAME: {"Package": NAME, "Version": "1.0.0"}}}}. Installation adds {@code Built} to a
 * {@code DESCRIPTION}; one without is a package's source.
 */
public final class CranCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("DESCRIPTION", "renv.lock");

    @Override
    public String name() {
        return "cran";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("R, installed", "`DESCRIPTION` of installed packages", "every package, R's own included"),
                new Reads("R, locked", "`renv.lock`", "every package with its line"));
    }

    @Override
    public boolean isRecord(String path) {
        return !path.endsWith(".lock") || !BroughtAlong.isInside(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.name().equals("renv.lock")) {
            readLock(file, packages);
        } else {
            readDescription(file, packages);
        }
    }

    private static void readDescription(RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        Stanzas stanzas = new Stanzas(file.bytes(), file.limits());
        if (stanzas.advance()
                && !stanzas.field("package").isEmpty()
                && !stanzas.field("built").isEmpty()) {
            PackageRecord found = PackageRecord.of(
                    PackageType.CRAN,
                    stanzas.field("package"),
                    stanzas.field("version"),
                    Confidence.HIGH,
                    "DESCRIPTION");
            String licence = stanzas.field("license");
            packages.accept(licence.isEmpty() ? found : found.withDetail(Detail.LICENCE, licence));
        }
    }

    private static void readLock(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        try (JsonCursor cursor = JsonCursor.openObject(file.bytes(), file.limits())) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("Packages") && cursor.enterObject()) {
                    while (cursor.nextMember()) {
                        readPackage(cursor, packages);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void readPackage(JsonCursor cursor, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        String name = cursor.name();
        int line = cursor.line();
        String version = "";
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("Version")) {
                    version = cursor.text().orElse("");
                } else {
                    cursor.skip();
                }
            }
        }
        packages.accept(PackageRecord.locked(PackageType.CRAN, name, version, "renv.lock", line));
    }
}
