package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.tree.Place;
import java.util.IdentityHashMap;
import java.util.Optional;

/** What is known of places, by the very place: several values may stand at the same one, as those of one action do. */
public final class Trails {
    private final IdentityHashMap<Place, Trail> trails = new IdentityHashMap<>();

    void put(Place place, Trail trail) {
        trails.put(place, trail);
    }

    /** Where the value at this very place comes from. */
    public Optional<Trail> of(Place place) {
        return Optional.ofNullable(trails.get(place));
    }
}
