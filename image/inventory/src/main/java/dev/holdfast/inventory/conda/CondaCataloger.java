package dev.holdfast.inventory.conda;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads {@code conda-meta/NAME-VERSION-BUILD.json} of a Conda environment: one object a package, with {@code name}, {@code version},
 * {@code channel} and {@code license} among much else. A Python package has its own metadata beside and is named by that, too.
 */
public final class CondaCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("*.json");
    private static final String FOLDER = "/conda-meta/";

    @Override
    public String name() {
        return "conda";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads("Conda", "`conda-meta/*.json`", "every package of the environment, with its channel"));
    }

    @Override
    public boolean isRecord(String path) {
        int folder = path.lastIndexOf('/') + 1 - FOLDER.length();
        return folder >= 0 && path.startsWith(FOLDER, folder);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        String name = "";
        String version = "";
        String channel = "";
        String licence = "";
        try (JsonCursor cursor = JsonCursor.open(file.bytes(), file.limits())) {
            if (!cursor.enterObject()) {
                return;
            }
            while (cursor.nextMember()) {
                switch (cursor.name()) {
                    case "name" -> name = cursor.text().orElse("");
                    case "version" -> version = cursor.text().orElse("");
                    case "channel" -> channel = cursor.text().orElse("");
                    case "license" -> licence = cursor.text().orElse("");
                    default -> cursor.skip();
                }
            }
        }
        if (!name.isEmpty()) {
            PackageRecord found = PackageRecord.of(PackageType.CONDA, name, version, Confidence.HIGH, "conda-meta");
            found = channel.isEmpty() ? found : found.withDetail(Detail.ORIGIN, channel);
            packages.accept(licence.isEmpty() ? found : found.withDetail(Detail.LICENCE, licence));
        }
    }
}
