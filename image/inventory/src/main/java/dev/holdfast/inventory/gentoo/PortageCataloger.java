package dev.holdfast.inventory.gentoo;

import dev.holdfast.core.Gap;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.NamedFileCataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Portage's database: {@code /var/db/pkg/CATEGORY/NAME-VERSION/} has a file {@code CONTENTS} for every installed package, and the
 * path tells all (Package Manager Specification 3.1.2 and 3.2: the version begins with the last hyphen before a digit, but for a revision
 * {@code -r1}).
 */
public final class PortageCataloger implements NamedFileCataloger {
    private static final FileNames FILES = FileNames.of("CONTENTS");
    private static final String DATABASE = "/var/db/pkg/";
    private static final Pattern PACKAGE = Pattern.compile("([^/]+)/([^/]+?)-([0-9][^/-]*(?:-r[0-9]+)?)");

    @Override
    public String name() {
        return "portage";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads("Portage", "`/var/db/pkg/*/*/CONTENTS`", "every installed package, with its category"));
    }

    @Override
    public boolean isRecord(String path) {
        return path.startsWith(DATABASE);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) {
        Matcher found =
                PACKAGE.matcher(file.folder().substring(DATABASE.length() - 1).substring(1));
        if (found.matches()) {
            packages.accept(PackageRecord.of(
                    PackageType.EBUILD,
                    found.group(1) + "/" + found.group(2),
                    found.group(3),
                    Confidence.HIGH,
                    "portage"));
        } else {
            file.gaps().add(Gap.Code.UNREADABLE, file.path(), "the folder names no package and version");
        }
    }
}
