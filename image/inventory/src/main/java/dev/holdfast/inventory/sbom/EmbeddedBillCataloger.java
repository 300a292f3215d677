package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.FileNames;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads bills of materials that lie inside a target: {@code *.spdx}, {@code *.spdx.json} (Bitnami puts one beside each of its programs),
 * {@code *.cdx.json}, {@code *.cyclonedx.json}, JSON under {@code /usr/share/sbom}, and what Python wheels carry in
 * {@code *.dist-info/sboms}. Whoever wrote one may be wrong, late, or hostile: its packages are hints with low confidence, and what it does
 * not say is no gap of the target.
 */
public final class EmbeddedBillCataloger implements Cataloger {
    /** {@link Detail#WITNESS} of what only a bill names. */
    public static final String WITNESS = "bill";

    private static final FileNames FILES = FileNames.of("*.spdx", "*.json");
    private static final List<String> ENDINGS = List.of(".spdx", ".spdx.json", ".cdx.json", ".cyclonedx.json");

    /** More than the bill of a large image has. */
    private static final long MOST_BYTES = 64L << 20;

    @Override
    public String name() {
        return "embedded-bill";
    }

    @Override
    public FileNames files() {
        return FILES;
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "bills of materials in the image",
                "`*.spdx`, `*.spdx.json`, `*.cdx.json`, `*.cyclonedx.json`, `/usr/share/sbom/*.json`, `*.dist-info/sboms/*.json`",
                "packages that nothing else finds, with low confidence; what is found otherwise counts instead"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        boolean isWanted = header.type() == FileType.REGULAR
                && header.size() <= MOST_BYTES
                && (isNamedSo(path)
                        || path.endsWith(".json")
                                && (path.startsWith("/usr/share/sbom/") || path.contains(".dist-info/sboms/")));
        return isWanted ? Want.CONTENT : Want.NOTHING;
    }

    private static boolean isNamedSo(String path) {
        for (int i = 0; i < ENDINGS.size(); i++) {
            if (path.endsWith(ENDINGS.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws IOException {
        BillOfMaterials bill;
        try {
            bill = new BillReader(file.limits()).read(file.content().stream(), file.path());
        } catch (InputException unreadable) {
            file.gaps()
                    .add(
                            Gap.Code.UNSUPPORTED,
                            file.path(),
                            "a bill of materials, by its name, that could not be read: " + unreadable.getMessage());
            return;
        }
        for (Component component : bill.components()) {
            packages.accept(hint(component.record(), bill.format()));
        }
    }

    private static PackageRecord hint(PackageRecord claimed, String format) {
        return new PackageRecord(
                claimed.type(),
                claimed.name(),
                claimed.version(),
                claimed.architecture(),
                claimed.source(),
                "",
                claimed.line(),
                Confidence.LOW,
                format + " in the image",
                claimed.withDetail(Detail.WITNESS, WITNESS).details(),
                List.of());
    }
}
