package dev.holdfast.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Chooses what catalogers read that want only files without an owner. Where distributions install, a file is taken to be theirs when there
 * are any packages of a distribution, without asking for each: in nearly every image that is so, and asking means reading long lists.
 */
final class Unmanaged {
    private static final String[] OF_DISTRIBUTIONS = {
        "/usr/bin/", "/usr/sbin/", "/usr/lib", "/usr/share/", "/bin/", "/sbin/", "/lib"
    };

    private Unmanaged() {}

    /** What is read in any case. */
    static List<Reading> managed(List<Reading> readings) {
        List<Reading> managed = new ArrayList<>(readings.size());
        for (Reading reading : readings) {
            if (!reading.cataloger().readsOnlyUnowned()) {
                managed.add(reading);
            }
        }
        return managed;
    }

    /** What may have no owner. */
    static List<Reading> candidates(List<Reading> readings, List<Presence> presences) {
        boolean hasPackages = false;
        for (Presence presence : presences) {
            hasPackages |= presence.record().type().isOfDistribution() && presence.isInstalled();
        }
        List<Reading> candidates = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading.cataloger().readsOnlyUnowned() && !(hasPackages && isOfDistribution(reading.path()))) {
                candidates.add(reading);
            }
        }
        return candidates;
    }

    private static boolean isOfDistribution(String path) {
        for (String folder : OF_DISTRIBUTIONS) {
            if (path.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    /** Those of the candidates that nobody owns. */
    static List<Reading> unowned(List<Reading> candidates, Map<String, String> owners) {
        List<Reading> unowned = new ArrayList<>(candidates.size());
        for (Reading reading : candidates) {
            if (!owners.containsKey(reading.path())) {
                unowned.add(reading);
            }
        }
        return unowned;
    }
}
