package dev.holdfast.advisory;

import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.osv.OsvFeed;
import dev.holdfast.advisory.feed.osv.PypaFeed;
import java.util.ArrayList;
import java.util.List;

/** Every importer there is, the most particular first: the first that recognises a file reads it. */
public final class Feeds {
    private Feeds() {}

    public static List<Feed> all() {
        List<Feed> feeds = new ArrayList<>();
        // Languages and general databases.
        feeds.add(new PypaFeed());
        feeds.addAll(OsvFeed.all());
        return List.copyOf(feeds);
    }
}
