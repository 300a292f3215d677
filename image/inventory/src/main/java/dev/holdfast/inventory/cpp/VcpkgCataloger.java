package dev.holdfast.inventory.cpp;

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
 * Reads {@code vcpkg/status}, in which vcpkg keeps what it installed as control data: {@code Package}, {@code Version},
 * {@code Port-Version} (shown as {@code #1} behind the version) and {@code Status}. A stanza with {@code Feature} is part of a package.
 */
public final class VcpkgCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("status");

    @Override
    public String name() {
        return "vcpkg";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "C, C++: vcpkg", "`installed/vcpkg/status`, `vcpkg_installed/vcpkg/status`", "every installed port"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.endsWith("/vcpkg/status");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Stanzas stanzas = new Stanzas(file.bytes(), file.limits());
        while (stanzas.advance()) {
            String name = stanzas.field("package");
            boolean isThere = stanzas.field("status").endsWith(" installed");
            if (!name.isEmpty() && isThere && stanzas.field("feature").isEmpty()) {
                String port = stanzas.field("port-version");
                String version = stanzas.field("version") + (port.isEmpty() || port.equals("0") ? "" : "#" + port);
                packages.accept(PackageRecord.of(PackageType.VCPKG, name, version, Confidence.HIGH, "vcpkg status")
                        .withLine(stanzas.line()));
            }
        }
    }
}
