package dev.holdfast.inventory.opkg;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.Stanzas;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads opkg's database, control data like dpkg's: {@code opkg/status} with all packages and their state, {@code opkg/info/*.control} with
 * one package each, which has no state.
 */
public final class OpkgCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("status", "*.control");

    @Override
    public String name() {
        return "opkg";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "opkg",
                "`/usr/lib/opkg/status`, `/var/lib/opkg/status`, `opkg/info/*.control`",
                "every installed package; what was removed is not"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("/opkg/status") || path.contains("/opkg/info/");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Stanzas stanzas = new Stanzas(file.bytes(), file.limits());
        while (stanzas.advance()) {
            String status = stanzas.field("status");
            boolean isThere = !status.endsWith(" not-installed") && !status.endsWith(" config-files");
            if (isThere && !stanzas.field("package").isEmpty()) {
                PackageRecord found = PackageRecord.of(
                                PackageType.OPKG,
                                stanzas.field("package"),
                                stanzas.field("version"),
                                Confidence.HIGH,
                                "opkg")
                        .withLine(stanzas.line());
                String architecture = stanzas.field("architecture");
                packages.accept(architecture.isEmpty() ? found : found.withArchitecture(architecture));
            }
        }
    }
}
