package dev.holdfast.inventory.rust;

import dev.holdfast.core.InputException;
import dev.holdfast.core.toml.Toml;
import dev.holdfast.core.toml.Toml.Table;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads {@code Cargo.lock}, whose versions 1 to 4 differ in how they write sources, checksums and dependencies, and not in what is read: a
 * table {@code [[package]]} with {@code name} and {@code version} for each crate. The project's own crates, which have no
 * {@code source}, are among them; {@code [root]} was one before version 1 had a number.
 */
public final class CargoLockCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("Cargo.lock");
    private static final String EVIDENCE = "Cargo.lock";

    @Override
    public String name() {
        return "cargo";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Rust, locked",
                "`Cargo.lock` (1 to 4)",
                "every crate with its line, the project's own included; not which features or targets need it"));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        for (Table table : Toml.parse(file.bytes(), file.limits())) {
            boolean isCrate = table.isElement()
                    ? table.name().equals("package")
                    : table.name().equals("root");
            if (isCrate && !table.text("name").isEmpty()) {
                packages.accept(PackageRecord.locked(
                        PackageType.CARGO, table.text("name"), table.text("version"), EVIDENCE, table.line()));
            }
        }
    }
}
