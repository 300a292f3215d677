package dev.holdfast.advisory;

import dev.holdfast.advisory.feed.Feed;
import java.util.List;

/** Every importer there is, the most particular first: the first that recognises a file reads it. */
public final class Feeds {
    private Feeds() {}

    public static List<Feed> all() {
        return List.of();
    }
}
