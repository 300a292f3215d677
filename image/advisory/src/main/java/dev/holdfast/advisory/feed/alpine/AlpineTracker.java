package dev.holdfast.advisory.feed.alpine;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Alpine's security tracker ({@code security.alpinelinux.org}), which also knows what is not fixed; one flaw a document:
 *
 * <pre>
 * { "type": "Vulnerability", "id": CVE, "cvss3": { "vector": VECTOR },
 *   "state": [ { "type": "VulnerabilityState", "fixed": BOOLEAN, "repo": "3.13-community" | "edge-main",
 *                "packageName": SOURCE, "packageVersion": VERSION }, … ] }
 * </pre>
 *
 * <p>The version is the one that fixes it, or, where it is not fixed, the one that is current and vulnerable.
 */
public final class AlpineTracker implements Feed {
    private static final Pattern REPOSITORY = Pattern.compile("(edge|\\d{1,2}\\.\\d{1,2})-([a-z]{1,20})");

    @Override
    public String name() {
        return "alpine-tracker";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head)
                && text.contains("\"Vulnerability\"")
                && (text.contains("\"VulnerabilityState\"")
                        || text.contains("\"cpeMatch\"")
                        || text.contains("\"referenceType\""));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(file.bytes(), file.limits());
        String id = document.get("id").text().orElse("");
        id = id.substring(id.lastIndexOf('/') + 1);
        if (!FeedText.isName(id)) {
            throw new InputException(InputException.Code.MALFORMED, file.path() + ": a flaw without an id");
        }
        String vector = document.at("cvss3", "vector").text().orElse("");
        if (!vector.isEmpty()) {
            List<Rating> ratings = List.of(new Rating("nvd", vector, ""));
            facts.accept(new Advisory(id, Kind.VULNERABILITY, List.of(), List.of(), "", "", false, ratings, List.of()));
        }
        for (JsonValue state : document.get("state").elements()) {
            readState(id, state, facts);
        }
    }

    private static void readState(String id, JsonValue state, FactSink facts) {
        String name = state.get("packageName").text().orElse("");
        String version = state.get("packageVersion").text().orElse("");
        Matcher repository = REPOSITORY.matcher(state.get("repo").text().orElse(""));
        if (!FeedText.isName(name) || !FeedText.isName(version) || !repository.matches()) {
            facts.dropped(id, "a state without a package, version and repository");
            return;
        }
        Qualifiers qualifiers = new Qualifiers("", List.of(), repository.group(2));
        Statements about = new Statements(id, "alpine:" + repository.group(1), name, qualifiers, "");
        facts.accept(state.get("fixed").isTrue() ? about.fixedIn(version) : about.ofEvery(Status.UNFIXED));
    }
}
