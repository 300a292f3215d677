package dev.holdfast.inventory.python;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.SeekableContent;
import dev.holdfast.inventory.python.MetadataPath.Kind;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads the metadata of installed Python distributions. Names come out as PEP 503 normalises them, so that all spellings are one. */
public final class PythonCataloger implements Cataloger {
    /** The fields of interest stand first; long descriptions and licence texts come after. */
    private static final int MOST_HEADER = 256 << 10;

    /** What a build without metadata calls itself. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final String IN_EGG = "EGG-INFO/PKG-INFO";

    @Override
    public String name() {
        return "python";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "Python, installed",
                "`*.dist-info/METADATA`, `*.egg-info`, eggs on the path",
                "names as PEP 503 normalises them"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR || header.size() == 0) {
            return Want.NOTHING;
        }
        return MetadataPath.of(path).isPresent() ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        MetadataPath path = MetadataPath.of(file.path())
                .orElseThrow(() -> new IllegalArgumentException("not asked for: " + file.path()));
        if (path.kind() == Kind.ZIPPED_EGG) {
            catalogEgg(file, path, packages);
        } else {
            byte[] header = new byte[(int) Math.min(MOST_HEADER, file.content().size())];
            int length = Math.max(0, file.content().read(0, header, 0, header.length));
            report(CoreMetadata.parse(header, length), path, "", file, packages);
        }
    }

    private static void catalogEgg(RecordFile file, MetadataPath path, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        SeekableContent bytes = new SeekableContent(file.content());
        if (!ZipArchive.beginsLikeZip(bytes)) {
            return; // other worlds have eggs, too
        }
        try (ZipArchive egg = ZipArchive.open(bytes, file.limits())) {
            for (int i = 0; i < egg.count(); i++) {
                if (egg.nameLength(i) == IN_EGG.length() && egg.nameHas(i, 0, IN_EGG)) {
                    byte[] header = egg.head(i, MOST_HEADER);
                    report(CoreMetadata.parse(header, header.length), path, IN_EGG, file, packages);
                    return;
                }
            }
        }
    }

    private static void report(
            CoreMetadata metadata, MetadataPath path, String place, RecordFile file, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        String name = known(metadata.name(), path.nameOfFolder());
        String version = known(metadata.version(), path.versionOfFolder());
        if (name.isEmpty()) {
            file.gaps().add(Gap.Code.UNREADABLE, file.path(), "the metadata names no distribution");
            return;
        }
        boolean whole = !metadata.name().isEmpty() && !metadata.version().isEmpty() && !isPlaceholder(version);
        Judgement judgement = judge(path, whole, file);
        PackageRecord found = PackageRecord.of(
                        PackageType.PYPI,
                        MetadataPath.normalised(name),
                        version,
                        judgement.confidence,
                        judgement.evidence)
                .withPlace(place);
        if (!metadata.licence().isEmpty()) {
            found = found.withDetail(Detail.LICENCE, metadata.licence());
        }
        packages.accept(path.isCached() ? found.withDetail(Detail.WITNESS, "cache") : found);
    }

    private record Judgement(Confidence confidence, String evidence) {}

    private static Judgement judge(MetadataPath path, boolean whole, RecordFile file)
            throws InputException, IOException {
        String evidence = path.kind().evidence();
        if (!whole) {
            return new Judgement(Confidence.LOW, evidence + ", incomplete");
        }
        if (path.isVendored()) {
            return new Judgement(Confidence.MEDIUM, evidence + " of a vendored copy");
        }
        if (path.kind() == Kind.WHEEL && isLeftOver(path, file)) {
            return new Judgement(Confidence.MEDIUM, evidence + " without RECORD");
        }
        return new Judgement(Confidence.HIGH, evidence);
    }

    /** An installer writes a RECORD, and its removal takes it; distributions, which track files themselves, leave it out. */
    private static boolean isLeftOver(MetadataPath path, RecordFile file) throws InputException, IOException {
        return !path.folder().startsWith("/usr/lib/")
                && file.siblings().find(path.folder() + "/RECORD").isEmpty();
    }

    private static String known(String said, String ofFolder) {
        String best = said.isEmpty() || said.equals(UNKNOWN) ? ofFolder : said;
        return best.equals(UNKNOWN) ? "" : best;
    }

    private static boolean isPlaceholder(String version) {
        return version.isEmpty() || version.equals("0.0.0");
    }
}
