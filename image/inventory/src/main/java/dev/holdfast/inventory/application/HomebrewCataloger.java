package dev.holdfast.inventory.application;

import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.util.List;
import java.util.function.Consumer;

/** Reads Homebrew's cellar: {@code Cellar/NAME/VERSION/INSTALL_RECEIPT.json} is written last, and its path tells name and version. */
public final class HomebrewCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("INSTALL_RECEIPT.json");
    private static final String CELLAR = "/Cellar/";

    @Override
    public String name() {
        return "homebrew";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads("Homebrew", "`Cellar/*/*/INSTALL_RECEIPT.json`", "every poured or built formula"));
    }

    @Override
    public boolean isRecord(String path) {
        int cellar = path.indexOf(CELLAR);
        int version = cellar < 0 ? -1 : path.indexOf('/', cellar + CELLAR.length());
        return version > 0 && path.indexOf('/', version + 1) == path.lastIndexOf('/');
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) {
        String folder = file.folder();
        int version = folder.lastIndexOf('/');
        int name = folder.lastIndexOf('/', version - 1);
        packages.accept(PackageRecord.of(
                PackageType.BREW,
                folder.substring(name + 1, version),
                folder.substring(version + 1),
                Confidence.HIGH,
                "homebrew"));
    }
}
