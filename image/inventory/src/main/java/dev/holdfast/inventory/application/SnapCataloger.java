package dev.holdfast.inventory.application;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.YamlCursor;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code meta/snap.yaml} of a mounted or unpacked snap: {@code name} and {@code version} of the outermost mapping. */
public final class SnapCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("snap.yaml");

    @Override
    public String name() {
        return "snap";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("snap", "`meta/snap.yaml`", "the snap itself; not the packages it was put together from"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("/meta/snap.yaml");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        YamlCursor cursor = YamlCursor.open(file.bytes(), file.limits());
        String name = "";
        String version = "";
        if (cursor.enterMapping()) {
            while (cursor.nextKey()) {
                switch (cursor.key()) {
                    case "name" -> name = cursor.text().orElse("");
                    case "version" -> version = cursor.text().orElse("");
                    default -> cursor.skip();
                }
            }
        }
        if (!name.isEmpty()) {
            packages.accept(PackageRecord.of(PackageType.SNAP, name, version, Confidence.HIGH, "snap.yaml"));
        }
    }
}
