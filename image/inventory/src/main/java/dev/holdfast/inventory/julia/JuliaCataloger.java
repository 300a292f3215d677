package dev.holdfast.inventory.julia;

import dev.holdfast.core.InputException;
import dev.holdfast.core.toml.Toml;
import dev.holdfast.core.toml.Toml.Table;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads Julia's {@code Manifest.toml}: a table {@code [[deps.NAME]]} with {@code uuid} and {@code version} for each package; before
 * {@code manifest_format} 2 the table is called {@code [[NAME]]}. What has no version is part of Julia.
 */
public final class JuliaCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("*.toml");
    private static final String DEPS = "deps.";

    @Override
    public String name() {
        return "julia";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Julia",
                "`Manifest.toml`, `JuliaManifest.toml`, `Manifest-v*.toml`",
                "every package with its line and UUID; what comes with Julia itself is not"));
    }

    @Override
    public boolean isRecord(String path) {
        int name = path.lastIndexOf('/') + 1;
        boolean isManifest = path.startsWith("Manifest.toml", name)
                || path.startsWith("JuliaManifest.toml", name)
                || path.startsWith("Manifest-v", name);
        return isManifest && LockFileCataloger.super.isRecord(path);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        for (Table table : Toml.parse(file.bytes(), file.limits())) {
            String name = table.name().startsWith(DEPS) ? table.name().substring(DEPS.length()) : table.name();
            String version = table.text("version");
            if (table.isElement() && !version.isEmpty() && !name.isEmpty()) {
                PackageRecord found =
                        PackageRecord.locked(PackageType.JULIA, name, version, "Manifest.toml", table.line());
                String identifier = table.text("uuid");
                packages.accept(identifier.isEmpty() ? found : found.withDetail(Detail.IDENTIFIER, identifier));
            }
        }
    }
}
