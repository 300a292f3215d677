package dev.holdfast.inventory.apk;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Alpine packages from apk's {@code installed} database, at its old place and at that of a merged {@code /usr}. */
public final class ApkCataloger implements Cataloger {
    static final List<String> PLACES = List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

    @Override
    public String name() {
        return "apk";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "apk", "`/lib/apk/db/installed`, `/usr/lib/apk/db/installed`", "source is the origin package"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        return header.type() == FileType.REGULAR && path.endsWith("/apk/db/installed") && PLACES.contains(path)
                ? Want.CONTENT
                : Want.NOTHING;
    }

    @Override
    public List<String> places() {
        return PLACES;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        byte[] bytes = file.content().readAll(file.limits().fileBytes());
        new InstalledFile(file.path(), bytes, file.limits(), file.gaps()).read(packages);
    }
}
