package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.sbom.EmbeddedBillCataloger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weighs what bills of materials inside the target say against what was found there. A hint counts only where nothing else speaks: not for a
 * package that was found, in whatever version, and not for a distribution's packages where there is a database of such. A bill that names
 * other versions than were found is out of date, which is told.
 */
final class Hints {
    private final Set<String> packages = new HashSet<>();
    private final Set<String> versions = new HashSet<>();
    private boolean hasDatabase;

    private Hints() {}

    /** The presences without the hints that what was found confirms or contradicts. */
    static List<Presence> weigh(List<Presence> presences, Gaps gaps) {
        boolean any = false;
        for (Presence presence : presences) {
            any |= isHint(presence);
        }
        return any ? new Hints().without(presences, gaps) : presences;
    }

    private static boolean isHint(Presence presence) {
        return presence.record().detail(Detail.WITNESS).orElse("").equals(EmbeddedBillCataloger.WITNESS);
    }

    private List<Presence> without(List<Presence> presences, Gaps gaps) {
        for (Presence presence : presences) {
            if (!isHint(presence) && presence.isInstalled()) {
                packages.add(name(presence));
                versions.add(name(presence) + " " + presence.record().version());
                hasDatabase |= presence.record().type().isOfDistribution();
            }
        }
        List<Presence> kept = new ArrayList<>(presences.size());
        Map<String, Integer> contradicted = new TreeMap<>();
        for (Presence presence : presences) {
            boolean isOfSystem = presence.record().type().isOfDistribution();
            if (!isHint(presence) || !packages.contains(name(presence)) && !(isOfSystem && hasDatabase)) {
                kept.add(presence);
            } else if (presence.isInstalled()
                    && !versions.contains(
                            name(presence) + " " + presence.record().version())) {
                contradicted.merge(presence.path(), 1, Integer::sum);
            }
        }
        contradicted.forEach((path, count) -> gaps.add(
                Gap.Code.UNSUPPORTED,
                path,
                "this bill of materials names " + count + (count == 1 ? " package" : " packages")
                        + " otherwise than found; what was found counts"));
        return kept;
    }

    private static String name(Presence presence) {
        return presence.record().type().word() + " " + presence.record().name();
    }
}
