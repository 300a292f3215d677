package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.Map;

/**
 * The two files at the root of a VEX repository (specification 0.1): where its archives are, and which document speaks of which package.
 *
 * <pre>
 * vex-repository.json   name, versions[] { spec_version, locations[] { url }, update_interval }
 * index.json            updated_at (or version), packages[] { id (a package URL), location, format }
 * </pre>
 *
 * <p>They say nothing of any flaw and give no facts. The documents are read wherever they lie, also one that the index does not list; an
 * entry of the index that could not be followed is dropped, and so counted.
 */
public final class VexIndexFeed implements Feed {
    @Override
    public String name() {
        return "openvex";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String name = FeedText.fileName(path);
        if (!name.equals("index.json") && !name.equals("vex-repository.json") || !FeedText.isJsonObject(head)) {
            return false;
        }
        Map<String, String> members = JsonHead.members(head);
        return name.equals("index.json")
                ? members.getOrDefault("packages", "").equals("[")
                : members.getOrDefault("versions", "").equals("[");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(FeedText.bytes(file), file.limits());
        for (JsonValue entry : document.get("packages").elements()) {
            String id = entry.get("id").text().orElse("");
            String location = entry.get("location").text().orElse("");
            if (!id.startsWith("pkg:") || location.isBlank()) {
                facts.dropped(file.path(), "an entry names no package or no document");
            }
        }
    }
}
