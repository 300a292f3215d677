package dev.holdfast.inventory;

import java.util.List;
import java.util.Optional;

/**
 * What is inside a target.
 *
 * @param distribution empty when the target names none
 * @param components sorted by type, name, version, architecture; installed before removed
 * @param files how many living files the tree holds
 */
public record InventoryReport(Optional<Distribution> distribution, List<Component> components, long files) {
    public InventoryReport {
        components = List.copyOf(components);
    }

    /** The same with more told of the components. */
    public InventoryReport withComponents(List<Component> told) {
        return new InventoryReport(distribution, told, files);
    }
}
