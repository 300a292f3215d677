package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.LockFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads what the sources of Go programs name: {@code go.mod}, {@code go.sum} and {@code vendor/modules.txt}. */
public final class GoModuleCataloger implements LockFileCataloger {
    private static final FileNames FILES = FileNames.of("go.mod", "go.sum", "modules.txt");

    @Override
    public String name() {
        return "go-module";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "Go, sources",
                        "`go.mod` with `go.sum`, `vendor/modules.txt`",
                        "required modules with their line, replacements followed; before Go 1.17, whose `go.mod` leaves the indirect ones out, "
                                + "these from `go.sum`, in their highest version. A `go.sum` without `go.mod` names more than is built"));
    }

    @Override
    public boolean isRecord(String path) {
        boolean isVendored = !path.endsWith("/modules.txt") || path.endsWith("/vendor/modules.txt");
        return isVendored && !isOfToolchain(path) && LockFileCataloger.super.isRecord(path);
    }

    /** Go's own sources, which come with the toolchain. */
    private static boolean isOfToolchain(String path) {
        return path.startsWith("/usr/local/go/")
                || path.startsWith("/usr/lib/go")
                || path.contains("/golang.org/toolchain");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        switch (file.name()) {
            case "go.mod" -> new ModuleFile(file, packages).read();
            case "go.sum" -> {
                if (file.siblings().find(file.folder() + "/go.mod").isEmpty()) {
                    ModuleSums.readAll(file, packages);
                }
            }
            default -> VendoredModules.read(file, packages);
        }
    }
}
