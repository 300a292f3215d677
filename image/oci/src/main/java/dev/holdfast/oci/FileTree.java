package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one file tree that all layers of a target merge into, as a container would see it, with the memory of how it came to be.
 *
 * <p>Merging follows the OCI image specification ("Applying Changesets"): a whiteout hides what lower layers hold, never its own
 * layer's entries, wherever in the tar it stands; an opaque directory hides lower children; an entry that is no directory replaces the
 * lower subtree; within one layer the last entry of a name counts; a hard link shares the content its target had in the merged tree of
 * its own layer and keeps it when the target goes.
 */
public interface FileTree {
    /** The living entry at exactly this path, no link followed. The path is absolute and normalised. */
    Optional<FileVersion> entry(String path);

    /**
     * The living entry that this path leads to, symbolic links followed inside the root (absolute targets too); empty when it leads
     * nowhere, in a circle, or through more than 40 links (as Linux bounds it).
     */
    Optional<FileVersion> resolve(String path);

    /** The living entries directly under a directory, sorted by name; empty when it is none. */
    List<FileVersion> children(String directory);

    /** Hands over every living entry, sorted by path within each directory, parents first. */
    void forEach(Consumer<FileVersion> visitor);

    /** The living symbolic links, sorted by path. A tree has few of them beside its files, and finds them without walking it. */
    default List<FileVersion> links() {
        List<FileVersion> links = new ArrayList<>();
        forEach(entry -> {
            if (entry.type() == FileType.SYMBOLIC_LINK) {
                links.add(entry);
            }
        });
        links.sort((a, b) -> a.path().compareTo(b.path()));
        return links;
    }

    /**
     * Everything that layers ever held at this path, oldest first, at most one a layer; a deletion, by whiteout, opaque directory or a
     * replaced parent, is a version of type {@link FileType#WHITEOUT} with the layer that did it.
     */
    List<FileVersion> history(String path);

    /**
     * The paths, sorted, of all regular files that an {@link Interest} wanted in any layer, dead or alive: the living winner and the
     * losers are in {@link #history}. With {@link Want#PROGRAM}, only those that begin like a program.
     */
    List<String> wantedPaths();

    /** The content of a regular file, living or not. */
    FileContent content(FileVersion file) throws InputException, IOException;

    /** A name that nothing but this very content has, in whatever tree; empty when there is none. */
    default Optional<String> contentName(FileVersion file) {
        return Optional.empty();
    }

    /** Says that what the content tells is remembered, so that the content itself need not be; asking for it again takes it back. */
    default void letGo(FileVersion file) {}

    /** How many living entries there are. */
    long size();
}
