package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloger.RecordFile;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.inventory.java.Identification.Identity;
import dev.holdfast.jvm.identity.FoundLibrary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Visits an archive and the archives inside it, deepest last, and reports each. A stored inner archive is read where it lies; a deflated
 * one is unfolded into memory and let go before the next. One walk has one set of budgets, so that many small archives cannot cost what
 * one large one may not. What cannot be read becomes a gap, and the rest is read on.
 */
final class ArchiveWalk {
    private static final String INSIDE = " ▸ ";
    /** Descriptors are a few hundred bytes; a project file seldom passes 100 kB. */
    private static final int MOST_DESCRIPTOR = 1 << 20;
    /** The main section of nearly every manifest ends within this. */
    private static final int MANIFEST_HEAD = 32 << 10;
    /** The main section of a bundle with very many imports; a whole manifest may be larger and is not read. */
    private static final int MOST_MANIFEST = 8 << 20;
    /** How many inner archives and descriptors one file may make us open: the largest assemblies in the wild have some thousands. */
    private static final int MOST_OPENED = 50_000;
    /** How many bytes of unfolded inner archives may be held at a time, from the outermost to the innermost. */
    private static final long MOST_HELD = 256L << 20;
    /** An archive is compressed already: one above this size that unfolds further than the ratio is a bomb. */
    private static final long BOMB_SIZE = 16L << 20;

    private static final int BOMB_RATIO = 100;
    /** How many bytes of class files of one archive are unfolded to name libraries: the largest assemblies in the wild have half of that. */
    private static final long MOST_CLASSES = 512L << 20;
    /** So much of an archive's classes must lie in a library's packages for the archive to be that library. */
    private static final double MOSTLY = 0.8;

    private final RecordFile file;
    private final Limits limits;
    private final Consumer<PackageRecord> packages;
    private long entriesLeft;
    private long bytesLeft;
    private long heldLeft;
    private int openedLeft = MOST_OPENED;

    ArchiveWalk(RecordFile file, Consumer<PackageRecord> packages) {
        this.file = file;
        this.limits = file.limits();
        this.packages = packages;
        this.entriesLeft = limits.entries();
        this.bytesLeft = Math.min(limits.totalBytes(), 4 * limits.fileBytes())
                + file.content().size();
        this.heldLeft = Math.min(limits.fileBytes(), MOST_HELD);
    }

    /** Visits the outermost archive; what is wrong with it as a whole is the caller's to tell. */
    void visit(ZipArchive outermost, JarContents contents) {
        entriesLeft -= outermost.count();
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        visit(outermost, contents, name, "", 1);
    }

    private void visit(ZipArchive archive, JarContents contents, String name, String place, int depth) {
        Manifest manifest = manifest(archive, contents, place);
        List<Descriptor> descriptors = descriptors(archive, contents, place);
        Identification identification = new Identification(name, manifest, contents, descriptors);
        Optional<Identity> named = identification.own();
        ForeignClasses foreign = new ForeignClasses(named, descriptors);
        List<FoundLibrary> byClasses = byClasses(archive, contents, foreign, place);
        Optional<Identity> own = byClasses.stream()
                .filter(library -> foreign.isUnnamed() && isTheArchive(library, contents))
                .map(library -> ClassEvidence.identity(library, named))
                .findFirst()
                .or(() -> named.filter(guess -> !isOnlyWrapping(guess, byClasses, contents)));
        own.ifPresent(identity -> report(identity, place));
        reportMerged(descriptors, own, contents, place);
        reportFound(byClasses, descriptors, own, contents, place);
        for (int entry : contents.archives()) {
            visitInner(archive, entry, place, depth);
        }
        for (String disagreement : archive.disagreements()) {
            gap(Gap.Code.UNREADABLE, place, disagreement + "; the directory was believed");
        }
    }

    private void visitInner(ZipArchive outer, int entry, String place, int depth) {
        String name = outer.name(entry);
        String inner = inside(place, name);
        if (depth >= limits.depth()) {
            gap(Gap.Code.LIMIT, inner, "archives nest deeper than " + limits.depth() + "; this one was not opened");
            return;
        }
        if (!mayOpen(inner)) {
            return;
        }
        long held = 0;
        try {
            if (outer.isEncrypted(entry)) {
                gap(Gap.Code.ENCRYPTED, inner, "the archive is encrypted; what it holds is unknown");
                return;
            }
            SeekableBytes bytes = open(outer, entry);
            held = outer.entry(entry).method() == 0 ? 0 : bytes.size();
            heldLeft -= held;
            bytesLeft -= bytes.size();
            visitOpened(bytes, name, inner, depth + 1);
        } catch (InputException | IOException unreadable) {
            unreadable(inner, unreadable);
        } finally {
            heldLeft += held;
        }
    }

    private SeekableBytes open(ZipArchive outer, int entry) throws InputException, IOException {
        long size = outer.entry(entry).size();
        boolean stored = outer.entry(entry).method() == 0;
        if (!stored
                && size > BOMB_SIZE
                && size / BOMB_RATIO > outer.entry(entry).compressedSize()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "an archive that unfolds more than " + BOMB_RATIO + " times, to " + size + " bytes, is a bomb");
        }
        return outer.open(entry, stored ? bytesLeft : Math.min(bytesLeft, heldLeft));
    }

    private void visitOpened(SeekableBytes bytes, String name, String place, int depth)
            throws InputException, IOException {
        if (bytes.size() == 0) {
            return;
        }
        try (ZipArchive archive = ZipArchive.open(bytes, limits.withEntries(Math.max(1, entriesLeft)))) {
            entriesLeft -= archive.count();
            visit(archive, JarContents.of(archive), name.substring(name.lastIndexOf('/') + 1), place, depth);
        } catch (InputException unreadable) {
            if (unreadable.code() != InputException.Code.MALFORMED
                    || ArchiveKind.isCertain(name)
                    || ZipArchive.beginsLikeZip(bytes)) {
                throw unreadable;
            }
        }
    }

    // --- what one archive says ---

    /** The last one, as the virtual machine takes it, when there are several. */
    private Manifest manifest(ZipArchive archive, JarContents contents, String place) {
        if (contents.manifests().isEmpty()) {
            return Manifest.NONE;
        }
        if (contents.manifests().size() > 1) {
            gap(
                    Gap.Code.UNREADABLE,
                    place,
                    "the archive has " + contents.manifests().size() + " manifests; the last was believed");
        }
        int entry = contents.manifests().getLast();
        try {
            byte[] head = archive.head(entry, MANIFEST_HEAD);
            if (head.length == MANIFEST_HEAD && !Manifest.isWhole(head)) {
                head = archive.head(entry, MOST_MANIFEST);
            }
            return Manifest.parse(head);
        } catch (InputException | IOException unreadable) {
            unreadable(archive, entry, place, unreadable);
            return Manifest.NONE;
        }
    }

    /** All pom.properties, then each pom.xml that has none beside it. */
    private List<Descriptor> descriptors(ZipArchive archive, JarContents contents, String place) {
        List<Descriptor> found = new ArrayList<>();
        Set<String> folders = new HashSet<>();
        for (int entry : contents.descriptors()) {
            descriptor(archive, entry, place, "pom.properties").ifPresent(descriptor -> {
                found.add(descriptor);
                folders.add(folder(descriptor.entry()));
            });
        }
        for (int entry : contents.projects()) {
            if (!folders.contains(folder(archive.name(entry)))) {
                descriptor(archive, entry, place, "pom.xml").ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Descriptor> descriptor(ZipArchive archive, int entry, String place, String kind) {
        String name = archive.name(entry);
        if (!mayOpen(inside(place, name))) {
            return Optional.empty();
        }
        Coordinates ofFolder = Descriptor.ofFolder(name);
        try {
            byte[] bytes = archive.read(entry, MOST_DESCRIPTOR);
            Coordinates said = (kind.equals("pom.xml") ? PomXml.parse(bytes) : PomProperties.parse(bytes)).or(ofFolder);
            return said.artifact().isEmpty() ? Optional.empty() : Optional.of(new Descriptor(name, kind, said));
        } catch (InputException | IOException unreadable) {
            unreadable(archive, entry, place, unreadable);
            return Optional.empty();
        }
    }

    private static String folder(String entry) {
        return entry.substring(0, entry.lastIndexOf('/') + 1);
    }

    // --- telling ---

    private void reportMerged(
            List<Descriptor> descriptors, Optional<Identity> own, JarContents contents, String place) {
        Optional<Descriptor> ownDescriptor = own.flatMap(Identity::from);
        for (Descriptor merged : descriptors) {
            if (ownDescriptor.filter(merged::equals).isPresent()) {
                continue;
            }
            boolean isCode = contents.hasClasses();
            Confidence confidence = !isCode ? Confidence.LOW : merged.isAtHome() ? Confidence.HIGH : Confidence.MEDIUM;
            String evidence = merged.kind() + (isCode ? " of a merged library" : ", and no class is there");
            Identity identity = new Identity(merged.coordinates(), confidence, evidence, Optional.of(merged));
            report(identity, inside(place, merged.entry()));
        }
    }

    private List<FoundLibrary> byClasses(
            ZipArchive archive, JarContents contents, ForeignClasses foreign, String place) {
        try {
            return ClassEvidence.look(archive, contents, foreign, Math.min(bytesLeft, MOST_CLASSES));
        } catch (InputException | IOException unreadable) {
            unreadable(place, unreadable);
            return List.of();
        }
    }

    /** A library that was renamed, and nothing else: its classes are where they were published, and nearly all that is there. */
    private static boolean isTheArchive(FoundLibrary library, JarContents contents) {
        return !library.isRelocated() && library.looked() >= MOSTLY * contents.classes();
    }

    /** A guess from a file name is worth nothing where most classes are other libraries': it would name one of those. */
    private static boolean isOnlyWrapping(Identity guess, List<FoundLibrary> libraries, JarContents contents) {
        int explained = 0;
        for (FoundLibrary library : libraries) {
            explained += library.looked();
        }
        return guess.confidence() == Confidence.LOW && 2 * explained > contents.classes();
    }

    /** Each that no descriptor names already, at the package where it lies. */
    private void reportFound(
            List<FoundLibrary> libraries,
            List<Descriptor> descriptors,
            Optional<Identity> own,
            JarContents contents,
            String place) {
        for (FoundLibrary library : libraries) {
            boolean isOwn = own.isPresent() && isTheArchive(library, contents);
            if (!isOwn && !isDescribed(library, descriptors)) {
                String folder = inside(place, library.to().replace('.', '/') + "/");
                report(ClassEvidence.identity(library, Optional.empty()), folder);
            }
        }
    }

    private static boolean isDescribed(FoundLibrary library, List<Descriptor> descriptors) {
        for (Descriptor descriptor : descriptors) {
            Coordinates said = descriptor.coordinates();
            if (said.group().equals(library.group())
                    && said.artifact().equals(library.artifact())
                    && (!library.isKnownRelease() || library.versions().contains(said.version()))) {
                return true;
            }
        }
        return false;
    }

    private void report(Identity identity, String place) {
        PackageRecord found = PackageRecord.of(
                        PackageType.MAVEN,
                        identity.coordinates().name(),
                        identity.coordinates().version(),
                        identity.confidence(),
                        identity.evidence())
                .withPlace(place);
        if (!identity.possible().isEmpty()) {
            found = found.withDetail(Detail.VERSIONS, String.join(" ", identity.possible()));
        }
        packages.accept(isCached(file.path()) ? found.withDetail(Detail.WITNESS, "cache") : found);
    }

    /** Downloaded by a build tool, which is not yet used by anything. */
    private static boolean isCached(String path) {
        return path.contains("/.m2/repository/")
                || path.contains("/.gradle/caches/")
                || path.contains("/.ivy2/cache/")
                || path.contains("/.cache/coursier/");
    }

    private boolean mayOpen(String what) {
        if (what.length() > limits.pathBytes()) {
            gap(Gap.Code.LIMIT, "", "a name inside is longer than " + limits.pathBytes() + " bytes; it was not opened");
            return false;
        }
        if (openedLeft == 0 || entriesLeft < 0) {
            gap(
                    Gap.Code.LIMIT,
                    "",
                    "more than " + MOST_OPENED + " archives and descriptors, or more than " + limits.entries()
                            + " entries; the rest was not opened");
            return false;
        }
        openedLeft--;
        return true;
    }

    private void unreadable(ZipArchive archive, int entry, String place, Exception cause) {
        if (archive.isEncrypted(entry)) {
            gap(
                    Gap.Code.ENCRYPTED,
                    inside(place, archive.name(entry)),
                    "the entry is encrypted; what it says is unknown");
        } else {
            unreadable(inside(place, archive.name(entry)), cause);
        }
    }

    private void unreadable(String place, Exception cause) {
        boolean isLimit = cause instanceof InputException wrong && wrong.code() == InputException.Code.LIMIT;
        String said = cause.getMessage() == null ? "unreadable" : cause.getMessage();
        gap(isLimit ? Gap.Code.LIMIT : Gap.Code.UNREADABLE, place, said);
    }

    private void gap(Gap.Code code, String place, String detail) {
        file.gaps().add(code, inside(file.path(), place), detail);
    }

    private static String inside(String outer, String inner) {
        return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + INSIDE + inner;
    }
}
