package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks every package manager which of the record files of other packages it owns. */
final class Owners {
    private final List<Ownership> ownerships;

    Owners(List<Ownership> ownerships) {
        this.ownerships = ownerships;
    }

    boolean reads(String path) {
        for (int i = 0; i < ownerships.size(); i++) {
            if (ownerships.get(i).reads(path)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Owner by path, of the record files of languages, and of the other readings given. A distribution's own database is nobody's.
     *
     * @param unread what shall be read only where nobody owns it
     */
    Map<String, String> of(List<Presence> presences, List<Reading> unread, FileTree tree, Limits limits, Gaps gaps)
            throws IOException {
        Set<String> files = new TreeSet<>();
        for (Reading reading : unread) {
            files.add(reading.path());
        }
        for (Presence presence : presences) {
            if (presence.isInstalled() && !presence.record().type().isOfDistribution()) {
                files.add(presence.path());
            }
        }
        return of(files, tree, limits, gaps);
    }

    /** Owner by path, of any files. */
    Map<String, String> of(Set<String> files, FileTree tree, Limits limits, Gaps gaps) throws IOException {
        Map<String, String> owners = new HashMap<>();
        if (files.isEmpty()) {
            return owners;
        }
        for (Ownership ownership : ownerships) {
            try {
                ownership.ownersOf(files, tree, limits).forEach(owners::putIfAbsent);
            } catch (InputException unreadable) {
                gaps.add(
                        Gap.Code.UNREADABLE,
                        ownership.name(),
                        "which package owns which file could not be read to the end: " + unreadable.getMessage());
            }
        }
        return owners;
    }
}
