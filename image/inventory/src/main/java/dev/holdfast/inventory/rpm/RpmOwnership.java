package dev.holdfast.inventory.rpm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.sqlite.SqliteLog;
import dev.holdfast.inventory.AskedFiles;
import dev.holdfast.inventory.Ownership;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the file lists in the headers of rpm's database. */
public final class RpmOwnership implements Ownership {
    @Override
    public String name() {
        return "rpm";
    }

    /** The database is read by {@link RpmCataloger} already. */
    @Override
    public boolean reads(String path) {
        return false;
    }

    @Override
    public Map<String, String> ownersOf(Set<String> files, FileTree tree, Limits limits)
            throws InputException, IOException {
        AskedFiles asked = new AskedFiles(files, tree);
        Set<String> seen = new HashSet<>();
        for (String place : RpmCataloger.PLACES) {
            Optional<FileVersion> file = tree.resolve(place);
            if (file.isPresent()
                    && file.get().type() == FileType.REGULAR
                    && seen.add(file.get().path())) {
                SqliteLog log = RpmCataloger.logOf(place, path -> {
                    Optional<FileVersion> beside = tree.resolve(path);
                    return beside.isPresent() && beside.get().type() == FileType.REGULAR
                            ? Optional.of(tree.content(beside.get()))
                            : Optional.empty();
                });
                RpmDatabase.open(tree.content(file.get()), log, limits)
                        .forEachHeader((bytes, from, length) -> claim(RpmHeader.in(bytes, from, length), asked));
            }
        }
        return asked.owners();
    }

    private static void claim(RpmHeader header, AskedFiles asked) throws InputException {
        String owner = header.string(RpmHeader.NAME);
        header.forEachFile((bytes, folderFrom, folderTo, nameFrom, nameTo) -> {
            if (asked.mayHold(AskedFiles.hash(bytes, nameFrom, nameTo))) {
                String folder = new String(bytes, folderFrom, folderTo - folderFrom, UTF_8);
                asked.claim(folder + new String(bytes, nameFrom, nameTo - nameFrom, UTF_8), owner);
            }
        });
    }
}
