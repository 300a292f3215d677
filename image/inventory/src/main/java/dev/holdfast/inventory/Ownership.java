package dev.holdfast.inventory;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileTree;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Tells which distribution package owns a file, from the package manager's own file lists. One implementation a package manager. */
public interface Ownership {
    /** The package manager, as gaps call it. */
    String name();

    /** Whether this file will be read to answer. Must be quick: it is asked for every file. */
    boolean reads(String path);

    /**
     * Finds the owners of the given files.
     *
     * @param files absolute paths as they stand in the tree, no link in them
     * @return owner's package name by path; a path nobody owns is absent
     */
    Map<String, String> ownersOf(Set<String> files, FileTree tree, Limits limits) throws InputException, IOException;
}
