package dev.holdfast.inventory;

import dev.holdfast.inventory.PackageRecord.Detail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Weighs what lock files say against what is installed. A lock file tells what was asked for, the folder where its project's packages stand
 * what is there: packages left out of a production install, or deleted afterwards, stay in the lock file. So where a project has, or ever
 * had, its packages beside the lock file, the lock file is only a second witness of those that are found there. Where it stands alone, it is
 * believed.
 *
 * <p>Python's and Ruby's packages are often installed for the whole system instead. That is the home of a lock file without one of its own
 * when at least half of the packages that it names are there in the versions that it names; less may be chance.
 */
final class LockFiles {
    private static final String LOCK = "lock";

    /** The folders beside a lock file in which its project's packages stand. */
    private static final Map<PackageType, List<String>> HOMES = Map.of(
            PackageType.NPM, List.of("/node_modules/"),
            PackageType.PYPI, List.of("/.venv/", "/venv/"),
            PackageType.GEM, List.of("/vendor/bundle/"),
            PackageType.COMPOSER, List.of("/vendor/composer/"));

    /** Worlds that install for the whole system, too. */
    private static final Set<PackageType> SYSTEM_WIDE = Set.of(PackageType.PYPI, PackageType.GEM);

    private static final String SYSTEM = "";

    /** Where packages stand, by kind. */
    private final Set<Home> homes = new HashSet<>();

    /** Packages that stand there now, and all that ever did. */
    private final Set<Resident> living = new HashSet<>();

    private final Set<Resident> everLiving = new HashSet<>();

    /** Of each lock file, how many packages it names and how many of these stand in the system. */
    private final Map<String, int[]> counts = new HashMap<>();

    private LockFiles() {}

    private record Home(PackageType type, String project) {}

    private record Resident(Home home, String name, String version) {}

    /** The presences without those that only a lock file claims against what is installed. */
    static List<Presence> weigh(List<Presence> presences) {
        LockFiles locks = new LockFiles();
        boolean any = false;
        for (Presence presence : presences) {
            any |= isLock(presence);
        }
        if (!any) {
            return presences;
        }
        for (Presence presence : presences) {
            locks.settle(presence);
        }
        for (Presence presence : presences) {
            locks.count(presence);
        }
        List<Presence> weighed = new ArrayList<>(presences.size());
        for (Presence presence : presences) {
            if (!isLock(presence) || locks.isBelieved(presence)) {
                weighed.add(presence);
            }
        }
        return weighed;
    }

    private static boolean isLock(Presence presence) {
        return presence.record().detail(Detail.WITNESS).orElse("").equals(LOCK);
    }

    private void settle(Presence presence) {
        List<String> folders = HOMES.getOrDefault(presence.record().type(), List.of());
        if (folders.isEmpty() || presence.record().detail(Detail.WITNESS).isPresent()) {
            return;
        }
        int project = -1;
        for (String folder : folders) {
            int at = presence.path().indexOf(folder);
            project = project < 0 ? at : at < 0 ? project : Math.min(project, at);
        }
        if (project >= 0) {
            settle(presence, presence.path().substring(0, project));
        } else if (SYSTEM_WIDE.contains(presence.record().type())) {
            settle(presence, SYSTEM);
        }
    }

    private void settle(Presence presence, String project) {
        Home home = new Home(presence.record().type(), project);
        Resident resident = resident(home, presence);
        homes.add(home);
        everLiving.add(resident);
        if (presence.isInstalled()) {
            living.add(resident);
        }
    }

    private void count(Presence presence) {
        Home system = new Home(presence.record().type(), SYSTEM);
        if (isLock(presence) && presence.isInstalled() && homes.contains(system)) {
            int[] count = counts.computeIfAbsent(presence.path(), first -> new int[2]);
            count[0]++;
            count[1] += living.contains(resident(system, presence)) ? 1 : 0;
        }
    }

    private boolean isBelieved(Presence lock) {
        Home own = new Home(
                lock.record().type(), lock.path().substring(0, lock.path().lastIndexOf('/')));
        if (homes.contains(own)) {
            return isAt(own, lock);
        }
        int[] count = counts.get(lock.path());
        return count == null
                || 2 * count[1] < count[0]
                || isAt(new Home(lock.record().type(), SYSTEM), lock);
    }

    private boolean isAt(Home home, Presence lock) {
        return (lock.isInstalled() ? living : everLiving).contains(resident(home, lock));
    }

    private static Resident resident(Home home, Presence presence) {
        PackageRecord record = presence.record();
        // Ruby's lock files and installed specifications may differ in case no more than Composer's do.
        return new Resident(home, record.name().toLowerCase(Locale.ROOT), record.version());
    }
}
