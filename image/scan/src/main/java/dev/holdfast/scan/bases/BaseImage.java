package dev.holdfast.scan.bases;

import dev.holdfast.core.Digest;
import java.util.List;
import java.util.Optional;

/**
 * An image that others are built on.
 *
 * @param name what its owner calls it
 * @param owner who is to deal with what is wrong in it; empty when nobody was named
 * @param layers digests of its uncompressed layers, bottom first; at least one
 */
public record BaseImage(String name, Optional<String> owner, List<Digest> layers) {
    public BaseImage {
        layers = List.copyOf(layers);
        if (name.isEmpty() || layers.isEmpty()) {
            throw new IllegalArgumentException("a base has a name and at least one layer");
        }
    }
}
