package dev.holdfast.inventory;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the inventory of a target. */
public final class Inventory {
    private final List<Cataloger> catalogers = Catalogers.all();
    private final CatalogerIndex index = new CatalogerIndex(catalogers);
    private final Owners owners = new Owners(Catalogers.ownerships());
    private final DistributionReader distributions = new DistributionReader();
    private final Limits limits;
    private final RecordMemory records;

    public Inventory(Limits limits) {
        this(limits, Memory.NONE);
    }

    /** @param memory what was read before of contents that are still the same */
    public Inventory(Limits limits, Memory memory) {
        this.limits = limits;
        this.records = new RecordMemory(memory, limits);
    }

    /**
     * Reads the target once and lists what is inside.
     *
     * @param gaps takes what could not be seen
     */
    public InventoryReport of(Target target, Gaps gaps) throws InputException, IOException {
        return of(target.read(interest(), gaps), gaps);
    }

    /** What the tree must have been read with: the files that any cataloger wants, and those that name distribution and owners. */
    public Interest interest() {
        return new Interest() {
            @Override
            public Want in(String path, FileHeader header) {
                if (distributions.reads(path) || owners.reads(path)) {
                    return Want.CONTENT;
                }
                return index.most(path, header);
            }

            @Override
            public Optional<String> edition() {
                return Optional.of("inventory"); // one choice a version of the program
            }
        };
    }

    /** Lists what is inside a tree that was read with {@link #interest()}, alone or together with somebody else's. */
    public InventoryReport of(FileTree tree, Gaps gaps) throws InputException, IOException {
        Optional<Distribution> distribution = distributions.read(tree, gaps);
        List<Reading> readings = new RecordFinder(catalogers, index, tree).find();
        RecordReader reader = new RecordReader(tree, limits, records, gaps);
        List<Presence> read = LockFiles.weigh(reader.readAll(Unmanaged.managed(readings)));
        List<Presence> presences = Hints.weigh(read, gaps);
        reportUnknown(distribution, presences, gaps);
        List<Reading> unmanaged = Unmanaged.candidates(readings, presences);
        Map<String, String> owned = owners.of(presences, unmanaged, tree, limits, gaps);
        presences.addAll(reader.readAll(Unmanaged.unowned(unmanaged, owned)));
        Assembly assembly = new Assembly(distribution, owned, gaps);
        return new InventoryReport(distribution, assembly.components(presences), tree.size());
    }

    /**
     * The distribution's package that owns each of these files; those that nobody owns are left out.
     *
     * @param files absolute paths as they stand in the tree
     * @param tree read with {@link #interest()}
     */
    public Map<String, String> ownersOf(Set<String> files, FileTree tree, Gaps gaps) throws IOException {
        return owners.of(files, tree, limits, gaps);
    }

    /** A package whose distribution is unknown cannot be matched with any vendor's advisories, and silence would look like safety. */
    private static void reportUnknown(Optional<Distribution> distribution, List<Presence> presences, Gaps gaps) {
        if (distribution.isPresent()) {
            return;
        }
        for (Presence presence : presences) {
            if (presence.isInstalled() && presence.record().type().isOfDistribution()) {
                gaps.add(
                        Gap.Code.UNKNOWN_DISTRIBUTION,
                        presence.path(),
                        "there are packages of a distribution, and no file that names it: no advisories speak of them");
                return;
            }
        }
    }
}
