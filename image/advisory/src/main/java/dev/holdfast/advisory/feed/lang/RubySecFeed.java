package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.Requirement;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Ruby advisory database: {@code gems/NAME/ID.yml} and {@code rubies/ENGINE/ID.yml}, YAML.
 *
 * <pre>
 * gem | engine           what is affected: a gem, or ruby, jruby, mruby, rbx, …
 * cve, ghsa, osvdb       identifiers without their prefix: 2023-31606, qcm3-vfq5-wfr2, 112683
 * date                   day
 * cvss_v2 _v3 _v4        base scores as numbers; vectors are not given
 * patched_versions[]     gem requirements, any of which holds for a fixed version; absent: no fix
 * unaffected_versions[]  gem requirements of versions that never had it
 * </pre>
 *
 * <p>Affected is what neither list holds. Ruby itself is stated as package {@code ruby} (or the engine's name) of namespace
 * {@code generic}; its versions follow the order of gem versions.
 */
public final class RubySecFeed implements Feed {
    @Override
    public String name() {
        return "rubysec";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!path.endsWith(".yml") && !path.endsWith(".yaml")) {
            return false;
        }
        String text = FeedText.headText(head);
        return hasMember(text, "gem") && hasMember(text, "url")
                || hasMember(text, "engine") && hasMember(text, "patched_versions");
    }

    private static boolean hasMember(String text, String name) {
        return text.startsWith(name + ":") || text.contains("\n" + name + ":");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Yaml.parse(FeedText.bytes(file), file.limits());
        boolean isGem = !record.get("gem").isAbsent();
        String name = text(record, isGem ? "gem" : "engine");
        List<String> identifiers = identifiers(record);
        if (!FeedText.isName(name) || identifiers.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path()
                            + ": not a RubySec advisory: it names no gem or engine, or has none of cve, ghsa and osvdb");
        }
        String id = identifiers.getFirst();
        facts.accept(advisory(record, id, identifiers));
        Optional<VersionSet> patched = anyOf(record.get("patched_versions"));
        Optional<VersionSet> unaffected = anyOf(record.get("unaffected_versions"));
        if (patched.isEmpty() || unaffected.isEmpty()) {
            facts.dropped(file.path(), id + ": a requirement on versions of " + name + " cannot be read");
            return;
        }
        VersionSet affected = patched.get().union(unaffected.get()).complement();
        if (affected.isEmpty()) {
            facts.dropped(file.path(), id + ": every version of " + name + " is patched or unaffected");
            return;
        }
        facts.accept(AffectedVersions.patchedBy(affected, patched.get()).stated(id, isGem ? "gem" : "generic", name));
    }

    private static Optional<VersionSet> anyOf(JsonValue requirements) {
        return Requirement.anyOf(Scheme.GEM, requirements.texts(), Requirement::gem);
    }

    private static List<String> identifiers(JsonValue record) {
        List<String> found = new ArrayList<>();
        add(found, "CVE-", text(record, "cve"));
        add(found, "GHSA-", text(record, "ghsa"));
        add(found, "OSVDB-", text(record, "osvdb"));
        return FeedText.identifiers(found, "");
    }

    private static void add(List<String> identifiers, String prefix, String rest) {
        if (!rest.isEmpty()) {
            identifiers.add(rest.startsWith(prefix) ? rest : prefix + rest);
        }
    }

    private static Advisory advisory(JsonValue record, String id, List<String> identifiers) {
        return new Advisory(
                id,
                Advisory.Kind.VULNERABILITY,
                identifiers.subList(1, identifiers.size()),
                List.of(),
                FeedText.day(text(record, "date")),
                "",
                false,
                ratings(record),
                List.of());
    }

    /** The newest score, as the word that its CVSS version gives it. */
    private static List<Rating> ratings(JsonValue record) {
        for (String version : List.of("cvss_v4", "cvss_v3", "cvss_v2")) {
            String score = text(record, version);
            if (score.matches("\\d{1,2}(\\.\\d{1,4})?")) {
                return List.of(new Rating(
                        "rubysec",
                        "",
                        Severity.ofScore(Double.parseDouble(score)).word()));
            }
        }
        return List.of();
    }

    private static String text(JsonValue record, String name) {
        return record.get(name).text().map(String::strip).orElse("");
    }
}
