package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.PackageNames;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.Requirement;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The FriendsOfPHP security advisories: {@code VENDOR/PACKAGE/NAME.yaml}, YAML.
 *
 * <pre>
 * reference   composer://vendor/package
 * cve         identifier, or ~
 * branches    map of a branch's name to
 *   time      when it was fixed there; ~ while it is not
 *   versions  list of comparators that all hold for the branch's affected versions
 * </pre>
 *
 * <p>The database gives no identifiers of its own: an entry without a CVE is called {@code FOP-VENDOR-PACKAGE-NAME} after its file. Days
 * are those of the oldest and newest fix.
 */
public final class FriendsOfPhpFeed implements Feed {
    /** The most that an advisory has are 30. */
    private static final int MAX_BRANCHES = 1_000;

    private static final String REFERENCE = "composer://";

    @Override
    public String name() {
        return "friendsofphp";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!path.endsWith(".yaml") && !path.endsWith(".yml")) {
            return false;
        }
        String text = FeedText.headText(head);
        return (text.contains("\nbranches:") || text.startsWith("branches:"))
                && (text.contains("composer://") || text.contains("\nlink:") || text.startsWith("title:"));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Yaml.parse(FeedText.bytes(file), file.limits());
        String reference = record.get("reference").text().orElse("").strip();
        String name = reference.startsWith(REFERENCE) ? reference.substring(REFERENCE.length()) : "";
        if (!FeedText.isName(name)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": not a FriendsOfPHP advisory: its reference is not composer://vendor/package");
        }
        name = PackageNames.normalised("composer", name);
        String id = identifier(record, name, file.path());
        facts.accept(advisory(record, id));
        if (record.get("branches").members().size() > MAX_BRANCHES) {
            throw new InputException(
                    InputException.Code.LIMIT, file.path() + ": more than " + MAX_BRANCHES + " branches");
        }
        VersionSet affected = VersionSet.none(Scheme.COMPOSER);
        VersionSet fixed = VersionSet.none(Scheme.COMPOSER);
        for (JsonValue branch : record.get("branches").members().values()) {
            Optional<VersionSet> versions = Requirement.plain(
                    Scheme.COMPOSER, String.join(", ", branch.get("versions").texts()));
            if (versions.isEmpty()) {
                facts.dropped(file.path(), id + ": a branch's versions of " + name + " cannot be read");
                continue;
            }
            affected = affected.union(versions.get());
            if (!branch.get("time").isAbsent()) {
                fixed = fixed.union(versions.get());
            }
        }
        if (affected.isEmpty()) {
            facts.dropped(file.path(), id + ": no version of " + name + " is said to be affected");
            return;
        }
        List<String> fixes = affected.firstOutside();
        fixes.retainAll(fixed.firstOutside());
        facts.accept(new AffectedVersions(affected, fixes).stated(id, "composer", name));
    }

    private static String identifier(JsonValue record, String name, String path) {
        String cve = record.get("cve").text().orElse("").strip();
        if (FeedText.isCve(cve)) {
            return cve;
        }
        String fileName = FeedText.fileName(path);
        String stem = fileName.substring(0, fileName.lastIndexOf('.'));
        return "FOP-" + (name + "-" + stem).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static Advisory advisory(JsonValue record, String id) {
        String first = "";
        String last = "";
        for (Map.Entry<String, JsonValue> branch :
                record.get("branches").members().entrySet()) {
            String day = FeedText.day(branch.getValue().get("time").text().orElse(""));
            if (!day.isEmpty()) {
                first = first.isEmpty() || day.compareTo(first) < 0 ? day : first;
                last = day.compareTo(last) > 0 ? day : last;
            }
        }
        return new Advisory(
                id, Advisory.Kind.VULNERABILITY, List.of(), List.of(), first, last, false, List.of(), List.of());
    }
}
