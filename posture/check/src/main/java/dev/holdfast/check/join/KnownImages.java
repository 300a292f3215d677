package dev.holdfast.check.join;

import dev.holdfast.core.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The images that something is known of, by every name that they go by. Filled by one thread, then only read. */
public final class KnownImages {
    private final Map<String, KnownImage> byName = new HashMap<>();

    /** The same images; what is added to the copy is not added here. */
    public KnownImages copy() {
        KnownImages copy = new KnownImages();
        copy.byName.putAll(byName);
        return copy;
    }

    /** Adds an image; the first of a name stays, because what was given by name outweighs what was found. */
    public void add(String name, KnownImage image) {
        key(name).ifPresent(key -> byName.putIfAbsent(key, image));
    }

    /** The image that a manifest means by a name. */
    public Optional<KnownImage> find(String name) {
        return byName.isEmpty() ? Optional.empty() : key(name).map(byName::get);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** A digest names one image whatever stands before it; a missing tag is {@code latest}. */
    private static Optional<String> key(String name) {
        return ImageReference.parse(name)
                .map(reference -> reference
                        .digest()
                        .map(Object::toString)
                        .orElseGet(() -> reference.host() + "/" + reference.repository() + ":"
                                + reference.tag().orElse("latest")));
    }
}
