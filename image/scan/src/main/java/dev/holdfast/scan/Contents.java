package dev.holdfast.scan;

import dev.holdfast.inventory.Component;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.bases.BaseImage;
import dev.holdfast.scan.question.Support;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a target, before anything is judged.
 *
 * @param layers bottom first
 * @param base the known image that it is built on; empty when none is known
 * @param support the distribution and how long it is supported; empty when there is none
 * @param components everything inside, removed packages included; sorted
 */
public record Contents(
        List<Layer> layers, Optional<BaseImage> base, Optional<Support> support, List<Component> components) {
    public Contents {
        layers = List.copyOf(layers);
        components = List.copyOf(components);
    }
}
