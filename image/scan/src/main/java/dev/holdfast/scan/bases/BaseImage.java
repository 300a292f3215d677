package dev.holdfast.scan.bases;

import dev.holdfast.core.Digest;
import java.util.List;

/**
 * An image that others are built on.
 *
 * @param name what its owner calls it
 * @param layers digests of its uncompressed layers, bottom first; at least one
 */
public record BaseImage(String name, List<Digest> layers) {
    public BaseImage {
        layers = List.copyOf(layers);
        if (name.isEmpty() || layers.isEmpty()) {
            throw new IllegalArgumentException("a base has a name and at least one layer");
        }
    }
}
