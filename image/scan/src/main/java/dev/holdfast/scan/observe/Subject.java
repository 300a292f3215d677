package dev.holdfast.scan.observe;

import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.TargetDescription;
import java.util.List;

/**
 * What is judged, after it was observed: an image, a file system, or what somebody wrote of one.
 *
 * @param description what it is
 * @param layers bottom first; a bill of materials has those that it names
 * @param inventory what is inside
 * @param configuration how it is run
 */
public record Subject(
        TargetDescription description,
        List<Layer> layers,
        InventoryReport inventory,
        ImageConfiguration configuration) {
    /** Of which nobody knows how it is run. */
    public Subject(TargetDescription description, List<Layer> layers, InventoryReport inventory) {
        this(description, layers, inventory, ImageConfiguration.NONE);
    }

    public Subject {
        layers = List.copyOf(layers);
    }
}
