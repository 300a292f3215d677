package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The sources of endoflife.date, {@code products/NAME.md}: Markdown that begins with YAML between lines of three hyphens.
 *
 * <pre>
 * permalink                       / and the product's key
 * releases[]
 *   releaseCycle, codename, releaseDate, latestReleaseDate
 *   eol                           day, true (ended, day unknown) or false
 *   eoes                          the same, of extended support
 * </pre>
 *
 * <p>The files say no day of their own; they are as new as the newest release that they know of. Keys of distributions become os-release identifiers, all others stay.
 */
public final class EndOfLifeFeed implements Feed {
    @Override
    public String name() {
        return EndOfLife.SOURCE;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return path.endsWith(".md") && text.startsWith("---") && text.contains("\npermalink:");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        String text = new String(FeedText.bytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
        int from = text.indexOf('\n');
        int end = text.startsWith("---") && from > 0 ? text.indexOf("\n---", from) : -1;
        if (end < 0) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": not a product of endoflife.date: no YAML between lines of \"---\" at its start");
        }
        JsonValue product = Yaml.parse(text.substring(from, end + 1).getBytes(StandardCharsets.UTF_8), file.limits());
        String key = key(product, file.path());
        String newest = "";
        for (JsonValue release : product.get("releases").elements()) {
            EndOfLife.Cycle cycle = cycle(key, release);
            EndOfLife.accept(file.path(), cycle, facts);
            String day = FeedText.day(cycle.lastRelease());
            newest = day.compareTo(newest) > 0 ? day : newest;
        }
        if (!newest.isEmpty()) {
            facts.dated(newest);
        }
    }

    private static String key(JsonValue product, String path) {
        String permalink = product.get("permalink").text().orElse("");
        String name = FeedText.fileName(path);
        return permalink.startsWith("/") ? permalink.substring(1) : name.substring(0, name.length() - ".md".length());
    }

    private static EndOfLife.Cycle cycle(String key, JsonValue release) {
        return new EndOfLife.Cycle(
                key,
                text(release, "releaseCycle"),
                text(release, "codename"),
                text(release, "releaseDate"),
                text(release, "eol"),
                text(release, "eoes"),
                text(release, "latestReleaseDate"));
    }

    private static String text(JsonValue release, String name) {
        return release.get(name).text().orElse("").strip();
    }
}
