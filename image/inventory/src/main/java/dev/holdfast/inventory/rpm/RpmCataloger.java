package dev.holdfast.inventory.rpm;

import dev.holdfast.core.InputException;
import dev.holdfast.database.sqlite.SqliteLog;
import dev.holdfast.inventory.Cataloger;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RPM packages from the installed database, in any of its three containers and at any of its places.
 *
 * <p>Versions are written {@code epoch:version-release}, the epoch only when it is not 0. The source is told by the name of the source
 * package's file, {@code name-version-release.src.rpm}, which carries no epoch: neither does our source version, and a feed that speaks of
 * sources must be matched without one. The key entries {@code gpg-pubkey} are no packages.
 */
public final class RpmCataloger implements Cataloger {
    /** rpm's own default, where SUSE and newer Fedora moved it, and where ostree systems keep it. */
    private static final List<String> FOLDERS = List.of("/var/lib/rpm/", "/usr/lib/sysimage/rpm/", "/usr/share/rpm/");

    private static final List<String> NAMES = List.of("Packages", "Packages.db", "rpmdb.sqlite");

    /** Beside {@code rpmdb.sqlite} while it is open, and left there when its writer is killed. */
    private static final String LOG = "-wal";

    static final List<String> PLACES = places(FOLDERS);

    private static final String KEY = "gpg-pubkey";

    @Override
    public String name() {
        return "rpm";
    }

    @Override
    public List<Reads> reads() {
        return List.of(new Reads(
                "rpm",
                "`Packages` (Berkeley DB), `Packages.db` (NDB), `rpmdb.sqlite`, in `/var/lib/rpm`, `/usr/lib/sysimage/rpm`, `/usr/share/rpm`",
                "epochs, module labels, source rpm; keys are not packages"));
    }

    @Override
    public Want wants(String path, FileHeader header) {
        if (header.type() != FileType.REGULAR || path.indexOf("/rpm/") < 0) {
            return Want.NOTHING;
        }
        String database = path.endsWith(LOG) ? path.substring(0, path.length() - LOG.length()) : path;
        return PLACES.contains(database) ? Want.CONTENT : Want.NOTHING;
    }

    @Override
    public List<String> places() {
        return PLACES;
    }

    @Override
    public void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException {
        if (file.path().endsWith(LOG)) {
            return; // read together with its database
        }
        RpmDatabase database = RpmDatabase.open(file.content(), logOf(file.path(), file.siblings()), file.limits());
        String evidence = "rpm database (" + database.format() + ")";
        database.forEachHeader((bytes, from, length) -> {
            RpmHeader header = RpmHeader.in(bytes, from, length);
            if (!header.string(RpmHeader.NAME).equals(KEY)) {
                packages.accept(record(header, evidence));
            }
        });
    }

    static SqliteLog logOf(String path, Siblings siblings) throws InputException, IOException {
        Optional<FileContent> log = siblings.find(path + LOG);
        return log.isPresent() && log.get().size() > 0 ? SqliteLog.of(log.get()) : SqliteLog.none();
    }

    private static PackageRecord record(RpmHeader header, String evidence) throws InputException {
        String name = header.string(RpmHeader.NAME);
        if (name.isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, "a package without a name");
        }
        String version = header.string(RpmHeader.VERSION) + "-" + header.string(RpmHeader.RELEASE);
        long epoch = header.number(RpmHeader.EPOCH, 0);
        String architecture = header.string(RpmHeader.ARCHITECTURE);
        return new PackageRecord(
                PackageType.RPM,
                name,
                epoch == 0 ? version : epoch + ":" + version,
                architecture.isEmpty() ? Optional.empty() : Optional.of(architecture),
                sourceOf(header.string(RpmHeader.SOURCE_RPM)),
                "",
                0,
                Confidence.HIGH,
                evidence,
                details(header),
                List.of());
    }

    /** {@code bash-4.4-19.6.1.src.rpm}: the last two hyphens part name, version and release. */
    static Optional<Source> sourceOf(String file) {
        String stem = file;
        for (String ending : List.of(".src.rpm", ".nosrc.rpm")) {
            if (stem.endsWith(ending)) {
                stem = stem.substring(0, stem.length() - ending.length());
                int release = stem.lastIndexOf('-');
                int version = release < 0 ? -1 : stem.lastIndexOf('-', release - 1);
                return version < 1
                        ? Optional.empty()
                        : Optional.of(new Source(stem.substring(0, version), stem.substring(version + 1)));
            }
        }
        return Optional.empty();
    }

    private static Map<Detail, String> details(RpmHeader header) throws InputException {
        Map<Detail, String> details = new EnumMap<>(Detail.class);
        put(details, Detail.VENDOR, header.string(RpmHeader.VENDOR));
        put(details, Detail.LICENCE, header.string(RpmHeader.LICENCE));
        put(details, Detail.MODULE, moduleOf(header.string(RpmHeader.MODULARITY_LABEL)));
        return details;
    }

    private static void put(Map<Detail, String> details, Detail key, String value) {
        if (!value.isEmpty()) {
            details.put(key, value);
        }
    }

    /** Of {@code name:stream:version:context} only name and stream say which advisories speak of it. */
    static String moduleOf(String label) {
        int stream = label.indexOf(':');
        int end = stream < 0 ? -1 : label.indexOf(':', stream + 1);
        return end < 0 ? label : label.substring(0, end);
    }

    private static List<String> places(List<String> folders) {
        List<String> places = new ArrayList<>();
        for (String folder : folders) {
            for (String name : NAMES) {
                places.add(folder + name);
            }
        }
        return List.copyOf(places);
    }
}
