package dev.holdfast.inventory.chisel;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ubuntu packages of which an image holds slices. The manifest names binary packages only; which source a package was built from is not
 * to be had in such an image, and a gap says so, because Ubuntu's advisories speak of sources.
 */
public final class ChiselCataloger implements Cataloger {
    @Override
    public String name() {
        return "chisel";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "dpkg (Chisel)", "`manifest.wall` of chiselled Ubuntu images", "packages with their slices' files"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        return header.type() == FileType.REGULAR && path.equals(Manifest.PATH) ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public List<String> places() {
        return List.of(Manifest.PATH);
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        int[] found = {0};
        Manifest.read(file.content(), file.limits(), (line, value) -> {
            if (value.get("kind").text().orElse("").equals("package")) {
                packages.accept(record(line, value));
                found[0]++;
            }
        });
        if (found[0] > 0) {
            file.gaps()
                    .add(
                            Gap.Code.UNSUPPORTED,
                            file.path(),
                            "the manifest does not name source packages: advisories about a source match only the packages"
                                    + " that are called like it");
        }
    }

    private static PackageRecord record(int line, JsonValue value) throws InputException {
        String name = value.get("name").text().orElse("");
        if (name.isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, "line " + line + ": a package without a name");
        }
        PackageRecord record = PackageRecord.of(
                        PackageType.DEB,
                        name,
                        value.get("version").text().orElse(""),
                        Confidence.HIGH,
                        "chisel manifest")
                .withLine(line);
        return value.get("arch").text().map(record::withArchitecture).orElse(record);
    }
}
