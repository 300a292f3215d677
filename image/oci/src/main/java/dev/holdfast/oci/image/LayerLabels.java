package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import java.util.Locale;
import java.util.Optional;

/** How messages name the layers of one image: {@code layer 2 of 5 (sha256:77ab01234567)}. */
final class LayerLabels {
    private final int count;

    LayerLabels(int count) throws InputException {
        if (count > ImageTarget.MOST_LAYERS) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "the image has %,d layers, more than the %,d that are read",
                            count,
                            ImageTarget.MOST_LAYERS));
        }
        this.count = count;
    }

    String of(int index, Optional<Digest> digest) {
        String label = "layer " + (index + 1) + " of " + count;
        return digest.isPresent() ? label + " (" + digest.get().brief() + ")" : label;
    }
}
