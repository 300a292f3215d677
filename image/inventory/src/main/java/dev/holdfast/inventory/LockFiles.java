package dev.holdfast.inventory;

import dev.holdfast.inventory.PackageRecord.Detail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Weighs what lock files say against what stands beside them. A lock file tells what was asked for, its project's {@code node_modules} what
 * is there: packages left out of a production install, or deleted afterwards, stay in the lock file. So where a project has, or ever had,
 * its packages beside the lock file, the lock file is only a second witness of those that are found there. Where it stands alone, it is
 * believed.
 */
final class LockFiles {
    private static final String LOCK = "lock";
    private static final String HOME = "/node_modules/";

    /** Projects whose packages stand beside. */
    private final Set<String> projects = new HashSet<>();

    /** Packages that stand there now, and all that ever did. */
    private final Set<Resident> living = new HashSet<>();

    private final Set<Resident> everLiving = new HashSet<>();

    private LockFiles() {}

    private record Resident(String project, String name, String version) {}

    /** The presences without those that only a lock file claims against its own project. */
    static List<Presence> weigh(List<Presence> presences) {
        LockFiles locks = new LockFiles();
        for (Presence presence : presences) {
            locks.settle(presence);
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
        int home = presence.path().indexOf(HOME);
        if (home < 0 || presence.record().type() != PackageType.NPM || isLock(presence)) {
            return;
        }
        String project = presence.path().substring(0, home);
        Resident resident = resident(project, presence);
        projects.add(project);
        everLiving.add(resident);
        if (presence.isInstalled()) {
            living.add(resident);
        }
    }

    private boolean isBelieved(Presence lock) {
        String project = lock.path().substring(0, lock.path().lastIndexOf('/'));
        return !projects.contains(project)
                || (lock.isInstalled() ? living : everLiving).contains(resident(project, lock));
    }

    private static Resident resident(String project, Presence presence) {
        return new Resident(project, presence.record().name(), presence.record().version());
    }
}
