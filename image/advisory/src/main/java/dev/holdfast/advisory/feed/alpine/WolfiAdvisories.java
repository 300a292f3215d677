package dev.holdfast.advisory.feed.alpine;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonNull;
import java.io.IOException;
import java.util.List;

/**
 * Wolfi's advisory files, version 2, one a source package:
 *
 * <pre>
 * schema-version: "2.0.2"
 * package: { name: SOURCE }
 * advisories:
 *   - id: CGA-…
 *     aliases: [ CVE-…, GHSA-… ]
 *     events: [ { timestamp: TIME, type: TYPE, data: { fixed-version: VERSION } }, … ]
 * </pre>
 *
 * <p>The latest event, by its time and then by its place, is what holds: {@code fixed}; {@code detection} (a scanner says so, nobody
 * looked); {@code true-positive-determination} and {@code pending-upstream-fix} (affected, no fix yet); {@code fix-not-planned};
 * {@code analysis-not-planned}; {@code false-positive-determination}. Statements are made under the CVE, or the other alias, of which
 * the CGA identifier is an alias for this one package.
 */
public final class WolfiAdvisories implements Feed {
    @Override
    public String name() {
        return "wolfi-advisories";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return text.contains("schema-version:") && text.contains("advisories:") && text.contains("CGA-");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Yaml.parse(FeedText.bytes(file), file.limits());
        String name = document.at("package", "name").text().orElse("");
        if (!FeedText.isName(name)) {
            throw new InputException(
                    InputException.Code.MALFORMED, file.path() + ": an advisory file without a package name");
        }
        if (!document.get("schema-version").scalar().orElse("").startsWith("2")) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED, file.path() + ": a schema version other than 2 is not read");
        }
        for (JsonValue advisory : document.get("advisories").elements()) {
            String id = advisory.get("id").text().orElse("");
            JsonValue event = latest(advisory.get("events").elements());
            if (FeedText.isName(id) && !event.isAbsent()) {
                readAdvisory(id, name, advisory, event, facts);
            } else {
                facts.dropped(file.path(), "an advisory without an id or an event");
            }
        }
    }

    private static void readAdvisory(String id, String name, JsonValue advisory, JsonValue event, FactSink facts) {
        List<String> aliases = FeedText.identifiers(advisory.get("aliases").texts(), id);
        facts.accept(new Advisory(
                id,
                Kind.VULNERABILITY,
                aliases,
                List.of(),
                FeedText.day(time(advisory.get("events").elements().getFirst())),
                FeedText.day(time(event)),
                false,
                List.of(),
                List.of()));
        Statements about = Statements.of(flaw(id, aliases), "wolfi", name, "");
        switch (event.get("type").text().orElse("")) {
            case "fixed" ->
                readFix(about, event.at("data", "fixed-version").text().orElse(""), facts);
            case "false-positive-determination" -> facts.accept(about.notAffected());
            case "pending-upstream-fix", "true-positive-determination" -> facts.accept(about.ofEvery(Status.UNFIXED));
            case "fix-not-planned" -> facts.accept(about.ofEvery(Status.WILL_NOT_FIX));
            case "detection", "analysis-not-planned" -> facts.accept(about.ofEvery(Status.UNDER_INVESTIGATION));
            default -> facts.dropped(name + " " + id, "unknown event");
        }
    }

    private static void readFix(Statements about, String version, FactSink facts) {
        if (version.equals("0")) {
            facts.accept(about.notAffected());
        } else if (FeedText.isName(version)) {
            facts.accept(about.fixedIn(version));
        } else {
            facts.dropped(about.packageName() + " " + about.advisory(), "fixed without a version");
        }
    }

    private static String flaw(String id, List<String> aliases) {
        for (String alias : aliases) {
            if (FeedText.isCve(alias)) {
                return alias;
            }
        }
        return aliases.isEmpty() ? id : aliases.getFirst();
    }

    /** Times are UTC in one format, so that text order is time order. */
    private static JsonValue latest(List<JsonValue> events) {
        JsonValue latest = JsonNull.NULL;
        for (JsonValue event : events) {
            if (latest.isAbsent() || time(event).compareTo(time(latest)) >= 0) {
                latest = event;
            }
        }
        return latest;
    }

    private static String time(JsonValue event) {
        return event.get("timestamp").text().orElse("");
    }
}
