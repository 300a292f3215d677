package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.java.Identification.Identity;
import dev.holdfast.jvm.identity.ArchiveClasses;
import dev.holdfast.jvm.identity.FoundLibrary;
import dev.holdfast.jvm.identity.LibraryIdentifier;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** Asks the classes of an archive which libraries they are, and puts the answer in words. */
final class ClassEvidence {
    /** One that is named well is looked into only where at least so many of its foreign classes have a known name. */
    private static final int WORTH_A_LOOK = 4;
    /** No class file of a library is larger. */
    private static final int MOST_CLASS = 4 << 20;
    /** How many versions are written out; more are told by the first and the last. */
    private static final int VERSIONS_SHOWN = 6;
    /** Bytes of code that make an answer sure even when the archive was minimised. */
    private static final long SURE_WEIGHT = 3_000;

    private static final LibraryIdentifier LIBRARIES = LibraryIdentifier.shipped();

    private ClassEvidence() {}

    /**
     * @param foreign which classes nothing else explains
     * @param mostBytes how many bytes of classes may be unfolded
     */
    static List<FoundLibrary> look(ZipArchive archive, JarContents contents, ForeignClasses foreign, long mostBytes)
            throws InputException, IOException {
        if (!contents.hasClasses()) {
            return List.of();
        }
        ClassFolders classes = ClassFolders.of(archive, contents);
        boolean[] marked = foreign.among(classes.folders(), classes.sizes());
        if (isNone(marked)) {
            return List.of();
        }
        ClassFolders.Selected selected = classes.select(marked);
        int familiar = LIBRARIES.countFamiliar(selected.paths());
        // What a library of the base has merged in is that library's own code, and its advisories speak of it.
        if (!foreign.isUnnamed() && (familiar < WORTH_A_LOOK || LIBRARIES.knows(foreign.ownName()))) {
            return List.of();
        }
        return LIBRARIES.identify(new Entries(archive, selected), mostBytes);
    }

    private static boolean isNone(boolean[] marked) {
        for (boolean each : marked) {
            if (each) {
                return false;
            }
        }
        return true;
    }

    private record Entries(ZipArchive archive, ClassFolders.Selected selected) implements ArchiveClasses {
        @Override
        public List<String> paths() {
            return selected.paths();
        }

        /** A class that cannot be read is one that nobody published; the archive's other gaps tell that it is damaged. */
        @Override
        public byte[] read(int index) throws IOException {
            try {
                return archive.read(selected.entries().get(index), MOST_CLASS);
            } catch (InputException | ZipException unreadable) {
                return new byte[0];
            }
        }
    }

    // --- in words ---

    /**
     * @param named what the archive itself says, when it may be this library: its version decides between several
     */
    static Identity identity(FoundLibrary library, Optional<Identity> named) {
        String said = named.map(identity -> identity.coordinates().version()).orElse("");
        boolean isDecided = library.isKnownRelease() && library.versions().size() == 1;
        boolean isSaid = !said.isEmpty()
                && (!library.isKnownRelease() || library.versions().contains(said));
        String version = isDecided ? library.versions().getFirst() : isSaid ? said : "";
        return new Identity(
                new Coordinates(library.group(), library.artifact(), version),
                isDecided ? confidence(library) : Confidence.LOW,
                words(library) + (isDecided || !isSaid ? "" : "; " + said + " as the archive says"),
                Optional.empty(),
                library.isKnownRelease() && version.isEmpty() ? library.versions() : List.of());
    }

    /** Where two libraries publish the same classes, only one of the two names can be given. */
    private static Confidence confidence(FoundLibrary library) {
        if (!library.alternatives().isEmpty()) {
            return Confidence.LOW;
        }
        return library.isWhole() || library.weight() >= SURE_WEIGHT ? Confidence.HIGH : Confidence.MEDIUM;
    }

    /** {@code classes: 229 of 229 agree with 1.26, relocated from org.yaml.snakeyaml to acme.yaml}. */
    static String words(FoundLibrary library) {
        StringBuilder words = new StringBuilder("classes: ")
                .append(String.format(Locale.ROOT, "%,d of %,d agree with ", library.agreeing(), library.looked()))
                .append(versions(library.versions()));
        if (!library.isKnownRelease()) {
            words.append(", which come nearest: the version is another, or changed");
        } else if (!library.isWhole()) {
            words.append(String.format(Locale.ROOT, ", of %,d that are published", library.published()));
        }
        if (!library.alternatives().isEmpty()) {
            words.append(", as in ").append(String.join(", ", library.alternatives()));
        }
        if (library.isRelocated()) {
            words.append(", relocated from ")
                    .append(library.from())
                    .append(" to ")
                    .append(library.to());
        }
        return words.toString();
    }

    private static String versions(List<String> versions) {
        return versions.size() <= VERSIONS_SHOWN
                ? String.join(", ", versions)
                : versions.getFirst() + " to " + versions.getLast() + " (" + versions.size() + " releases)";
    }
}
