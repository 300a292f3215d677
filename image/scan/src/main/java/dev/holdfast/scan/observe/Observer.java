package dev.holdfast.scan.observe;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Inventory;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Watch;
import dev.holdfast.scan.secret.SecretSearch;
import dev.holdfast.scan.secret.SecretsFound;
import dev.holdfast.scan.secret.SecretsRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks at targets, and recalls what was seen of one that is proven to be unchanged. */
public final class Observer {
    private final Limits limits;
    private final Memory memory;
    private final ImageMemory images;

    public Observer(Limits limits, Memory memory) {
        this.limits = limits;
        this.memory = memory;
        this.images = new ImageMemory(memory);
    }

    public Observation observe(Target target, SecretsRequest secrets) throws InputException, IOException {
        if (images.mayKnow(target.description(), secrets) && target.isProven()) {
            Optional<Observation> known = images.recall(target.description(), secrets);
            if (known.isPresent()) {
                target.remember();
                return known.get();
            }
        }
        Observation seen = look(target, secrets);
        if (target.remember()) {
            images.keep(seen, secrets);
        }
        return seen;
    }

    private Observation look(Target target, SecretsRequest secrets) throws InputException, IOException {
        Gaps gaps = new Gaps();
        Inventory reader = new Inventory(limits, memory);
        SecretSearch search = new SecretSearch(target, secrets.key(), limits, gaps);
        FileTree tree = target.read(reader.interest(), secrets.isWanted() ? search.watch() : Watch.NONE, gaps);
        return observation(target, reader.of(tree, gaps), search, secrets, tree, gaps);
    }

    /** What a target is, after it was read while {@code search} watched. */
    public static Observation observation(
            Target target,
            InventoryReport inventory,
            SecretSearch search,
            SecretsRequest secrets,
            FileTree tree,
            Gaps gaps)
            throws InputException, IOException {
        List<Layer> layers = search.redactedLayers();
        SecretsFound found = secrets.isWanted() ? search.found(tree, layers) : SecretsFound.NOT_WANTED;
        Subject subject = new Subject(target.description(), layers, inventory, search.redactedConfiguration());
        return new Observation(subject, found, gaps.list());
    }
}
