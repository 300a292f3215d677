package dev.holdfast.inventory;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record file in every version that layers held of it, and follows each package through them. A package that one version lists
 * and the next does not was removed by that version's layer; one that comes back was brought by the layer it came back with. A file that
 * is deleted, replaced by something else, or emptied lists nothing.
 *
 * <p>A version that no longer shows and cannot be read is passed over: what it held is not in the target. When the version that shows
 * cannot be read to its end, a gap says so, and packages that earlier versions held are neither claimed to be there nor to be removed.
 */
final class RecordHistory {
    /** The largest honest record files list a few thousand packages; what goes far beyond is made to exhaust memory. */
    private static final int MOST_PACKAGES = 200_000;

    private static final int CHUNK = 1 << 16;

    /** A folder has no bytes. */
    private static final FileContent FOLDER = new FileContent() {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            return 0;
        }
    };

    private final Reading reading;
    private final FileTree tree;
    private final Limits limits;
    private final RecordMemory memory;
    private final Gaps gaps;
    private final Map<Identity, Track> tracks = new LinkedHashMap<>();

    RecordHistory(Reading reading, FileTree tree, Limits limits, RecordMemory memory, Gaps gaps) {
        this.reading = reading;
        this.tree = tree;
        this.limits = limits;
        this.memory = memory;
        this.gaps = gaps;
    }

    /** What makes a package of one version of the file the same as one of another. Its line may change. */
    private record Identity(
            PackageType type,
            String name,
            String version,
            Optional<String> architecture,
            Optional<PackageRecord.Source> source,
            String place) {
        static Identity of(PackageRecord record) {
            return new Identity(
                    record.type(),
                    record.name(),
                    record.version(),
                    record.architecture(),
                    record.source(),
                    record.place());
        }
    }

    /** One package on its way through the versions. */
    private static final class Track {
        private PackageRecord record;
        private int broughtBy;
        private int removedBy = Presence.STAYS;
        private int seenIn;

        Track(PackageRecord record, int layer, int version) {
            this.record = record;
            this.broughtBy = layer;
            this.seenIn = version;
        }

        void see(PackageRecord again, int layer, int version) {
            if (seenIn == version) {
                return; // listed twice: the first counts
            }
            if (removedBy != Presence.STAYS) {
                broughtBy = layer;
                removedBy = Presence.STAYS;
            }
            record = again;
            seenIn = version;
        }
    }

    List<Presence> presences() throws IOException {
        List<FileVersion> history = reading.history();
        @Nullable FileVersion read = null;
        for (int i = 0; i < history.size(); i++) {
            FileVersion version = history.get(i);
            boolean isLast = i == history.size() - 1;
            if (!isRecord(version)) {
                leaveAbsent(i, version.layer());
                read = null;
            } else if (read == null || !isSame(read, version)) {
                read = catalog(version, i, isLast) ? version : read;
            } else {
                carryOver(i);
            }
        }
        return found();
    }

    private boolean isRecord(FileVersion version) {
        boolean isReadable = version.type() == FileType.REGULAR
                || version.type() == FileType.DIRECTORY && reading.cataloger().readsFolders();
        return isReadable && reading.cataloger().wants(reading.told(), version.header()) != Want.NOTHING;
    }

    /** Reads one version; false when it is passed over. */
    private boolean catalog(FileVersion version, int index, boolean isLast) throws IOException {
        Gaps own = new Gaps();
        int[] count = {0};
        try {
            read(version, isLast, own, record -> {
                if (++count[0] <= MOST_PACKAGES) {
                    see(record, version.layer(), index);
                }
            });
        } catch (InputException unreadable) {
            if (isLast) {
                gaps.add(
                        codeOf(unreadable),
                        reading.path(),
                        reading.cataloger().name() + ": " + unreadable.getMessage());
                forgetAbsent(index);
                own.list().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
            }
            return isLast;
        }
        if (count[0] > MOST_PACKAGES) {
            own.add(
                    Gap.Code.LIMIT,
                    reading.path(),
                    "lists " + count[0] + " packages; the first " + MOST_PACKAGES + " were read");
        }
        if (isLast) {
            own.list().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        }
        leaveAbsent(index, version.layer());
        return true;
    }

    /** Reads a version, or recalls what was read when the cataloger looked at nothing beside it. */
    private void read(FileVersion version, boolean isLast, Gaps own, Consumer<PackageRecord> packages)
            throws InputException, IOException {
        Optional<Digest> about = memory.about(reading, version, tree);
        Optional<RecordMemory.Told> known = about.flatMap(memory::recall);
        if (known.isPresent()) {
            known.get().gaps().forEach(gap -> own.add(gap.code(), gap.subject(), gap.detail()));
            known.get().records().forEach(packages);
            return;
        }
        boolean[] looksBeside = {false};
        Cataloger.Siblings siblings = path -> {
            looksBeside[0] = true;
            return siblings(version, isLast).find(path);
        };
        List<PackageRecord> read = new ArrayList<>();
        FileContent content = version.type() == FileType.DIRECTORY ? FOLDER : tree.content(version);
        Consumer<PackageRecord> taker = about.isEmpty()
                ? packages
                : record -> {
                    packages.accept(record);
                    if (read.size() <= MOST_PACKAGES) {
                        read.add(record);
                    }
                };
        reading.cataloger().catalog(new Cataloger.RecordFile(reading.told(), content, limits, own, siblings), taker);
        if (about.isPresent() && !looksBeside[0] && read.size() <= MOST_PACKAGES) {
            memory.keep(about.get(), new RecordMemory.Told(read, own.list()));
            tree.letGo(version);
        }
    }

    private void see(PackageRecord record, int layer, int index) {
        Identity identity = Identity.of(record);
        Track track = tracks.get(identity);
        if (track == null) {
            tracks.put(identity, new Track(record, layer, index));
        } else {
            track.see(record, layer, index);
        }
    }

    private void leaveAbsent(int index, int layer) {
        for (Track track : tracks.values()) {
            if (track.seenIn != index && track.removedBy == Presence.STAYS) {
                track.removedBy = layer;
            }
        }
    }

    private void forgetAbsent(int index) {
        tracks.values().removeIf(track -> track.seenIn != index && track.removedBy == Presence.STAYS);
    }

    private void carryOver(int index) {
        for (Track track : tracks.values()) {
            if (track.removedBy == Presence.STAYS) {
                track.seenIn = index;
            }
        }
    }

    private List<Presence> found() {
        List<Presence> found = new ArrayList<>(tracks.size());
        for (Track track : tracks.values()) {
            found.add(new Presence(track.record, reading.path(), track.broughtBy, track.removedBy));
        }
        return found;
    }

    /** The files beside this version, as they were when its layer was on top. */
    private Cataloger.Siblings siblings(FileVersion version, boolean isLast) {
        return path -> {
            Optional<FileVersion> found = isLast
                    ? tree.resolve(path)
                    : tree.history(path).stream()
                            .filter(each -> each.layer() <= version.layer())
                            .reduce((earlier, later) -> later);
            return found.isPresent() && found.get().type() == FileType.REGULAR
                    ? Optional.of(tree.content(found.get()))
                    : Optional.empty();
        };
    }

    private boolean isSame(FileVersion one, FileVersion two) throws IOException {
        if (one.size() != two.size() || one.type() != two.type()) {
            return false;
        }
        if (one.type() == FileType.DIRECTORY) {
            return true;
        }
        try {
            FileContent first = tree.content(one);
            FileContent second = tree.content(two);
            byte[] firstBytes = new byte[CHUNK];
            byte[] secondBytes = new byte[CHUNK];
            for (long at = 0; at < one.size(); at += CHUNK) {
                int have = first.read(at, firstBytes, 0, CHUNK);
                if (have <= 0
                        || second.read(at, secondBytes, 0, CHUNK) != have
                        || !Arrays.equals(firstBytes, 0, have, secondBytes, 0, have)) {
                    return false;
                }
            }
            return true;
        } catch (InputException unreadable) {
            return false; // reading it will tell why
        }
    }

    private static Gap.Code codeOf(InputException unreadable) {
        return switch (unreadable.code()) {
            case LIMIT -> Gap.Code.LIMIT;
            case UNSUPPORTED -> Gap.Code.UNSUPPORTED;
            case NOT_FOUND, NOT_AN_IMAGE, TRUNCATED, MALFORMED, DIGEST_MISMATCH, NO_SUCH_PLATFORM, USAGE ->
                Gap.Code.UNREADABLE;
        };
    }
}
