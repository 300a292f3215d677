package dev.holdfast.inventory;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads one kind of record file: a package database, a lock file, an archive, a program. Stateless, called from several threads. */
public interface Cataloger {
    /** A short name for evidence and gaps, such as {@code dpkg}. */
    String name();

    /** The names by which its files are known; by default it is asked about every file. */
    default FileNames files() {
        return FileNames.ANY;
    }

    /** What it reads, for the page that says so. */
    List<Reads> reads();

    /**
     * What a cataloger reads: a row of the page about the inventory, in Markdown.
     *
     * @param packages whose packages
     * @param files which files, and where
     * @param depth how much of what they say is told, and what is not
     */
    record Reads(String packages, String files, String depth) {}

    /** Whether this cataloger reads this file, told from path and header alone. Must be quick: it is asked for every file. */
    Want wants(String path, FileHeader header);

    /** Whether folders are records, too: their path tells all there is, and their content is empty. Only those at {@link #places}. */
    default boolean readsFolders() {
        return false;
    }

    /** Whether it reads only files that no distribution's package owns, and these after everything else. */
    default boolean readsOnlyUnowned() {
        return false;
    }

    /**
     * Where its record files always stand, for those that have fixed places: files, or folders of files. A place that is reached over
     * links, so that its file stands under a path that {@link #wants} does not know, is found by this.
     */
    default List<String> places() {
        return List.of();
    }

    /**
     * Reads one file.
     *
     * @param file path and content
     * @param packages takes what was found, in the order of the file
     * @throws InputException when the file as a whole cannot be read; what was found until then counts, and the rest becomes a gap
     */
    void catalog(RecordFile file, Consumer<PackageRecord> packages) throws InputException, IOException;

    /**
     * One record file.
     *
     * @param path absolute path in the target
     * @param content its bytes
     * @param limits budgets for parsing
     * @param gaps takes what inside the file could not be read, while the rest could
     * @param siblings reads other living files of the same layer state, by absolute path, links followed
     */
    record RecordFile(String path, FileContent content, Limits limits, Gaps gaps, Siblings siblings) {
        /** The file whole. */
        public byte[] bytes() throws InputException, IOException {
            return content.readAll(limits.fileBytes());
        }

        /** What follows the last slash of its path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The folder it stands in, without a slash at the end. */
        public String folder() {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }

    /** Access to the files beside a record file. */
    @FunctionalInterface
    interface Siblings {
        java.util.Optional<FileContent> find(String path) throws InputException, IOException;
    }
}
