package dev.holdfast.inventory.dpkg;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Debian packages from dpkg's {@code status} file, and from {@code status.d} where images are put together without dpkg. */
public final class DpkgCataloger implements Cataloger {
    static final String STATUS = "/var/lib/dpkg/status";

    /** One file a package, as distroless images have it. The file's name is not the package's name. */
    static final String STATUS_FOLDER = "/var/lib/dpkg/status.d/";

    @Override
    public String name() {
        return "dpkg";
    }

    @Override
    public List<Reads> reads() {
        return List.of(
                new Reads(
                        "dpkg",
                        "`/var/lib/dpkg/status`, `status.d/*` (distroless)",
                        "removed packages whose configuration is left are not installed; source name and version as `Source:` says"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR || !path.startsWith(STATUS)) {
            return Want.NOTHING;
        }
        return path.equals(STATUS) || isInFolder(path) ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public List<String> places() {
        return List.of(STATUS, STATUS_FOLDER.substring(0, STATUS_FOLDER.length() - 1));
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        byte[] bytes = file.content().readAll(file.limits().fileBytes());
        String evidence = file.path().endsWith("/status") ? "dpkg status" : "dpkg status.d";
        new StatusFile(file.path(), bytes, evidence, file.limits(), file.gaps()).read(packages);
    }

    /** The checksum lists that lie beside are no records of packages. */
    private static boolean isInFolder(String path) {
        return path.startsWith(STATUS_FOLDER)
                && path.indexOf('/', STATUS_FOLDER.length()) < 0
                && !path.endsWith(".md5sums")
                && !path.endsWith(".list");
    }
}
