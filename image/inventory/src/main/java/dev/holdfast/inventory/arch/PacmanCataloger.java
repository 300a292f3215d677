package dev.holdfast.inventory.arch;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.format.TextLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads pacman's database: {@code /var/lib/pacman/local/NAME-VERSION/desc} has the values of an installed package, each under a line with
 * its name, {@code %NAME%}, {@code %VERSION%}, {@code %BASE%} (the source package), {@code %ARCH%}, {@code %LICENSE%}, {@code %PACKAGER%}.
 */
public final class PacmanCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("desc");

    @Override
    public String name() {
        return "pacman";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("pacman", "`/var/lib/pacman/local/*/desc`", "every installed package with its source"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.contains("/pacman/local/");
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        Map<String, String> values = new HashMap<>();
        TextLines lines = new TextLines(file.bytes(), file.limits());
        String field = "";
        while (lines.advance()) {
            String line = lines.text();
            if (line.length() > 2 && line.startsWith("%") && line.endsWith("%")) {
                field = line;
            } else if (!line.isBlank()) {
                values.putIfAbsent(field, line.strip());
            }
        }
        String name = values.getOrDefault("%NAME%", "");
        if (name.isEmpty()) {
            file.gaps().add(Gap.Code.UNREADABLE, file.path(), "the record names no package");
            return;
        }
        String version = values.getOrDefault("%VERSION%", "");
        PackageRecord found = PackageRecord.of(PackageType.ALPM, name, version, Confidence.HIGH, "pacman")
                .withSource(values.getOrDefault("%BASE%", name), version);
        found = values.containsKey("%ARCH%") ? found.withArchitecture(values.get("%ARCH%")) : found;
        found = values.containsKey("%LICENSE%") ? found.withDetail(Detail.LICENCE, values.get("%LICENSE%")) : found;
        packages.accept(found);
    }
}
