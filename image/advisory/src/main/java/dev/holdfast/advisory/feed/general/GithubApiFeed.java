package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.PackageNames;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.Requirement;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers of GitHub's GraphQL API to {@code securityAdvisories} and {@code securityVulnerabilities}.
 *
 * <pre>
 * data.securityAdvisories.nodes[]                 an advisory with vulnerabilities.nodes[]
 * data.securityVulnerabilities.nodes[]            a vulnerability with its advisory
 * advisory
 *   ghsaId, classification (GENERAL | MALWARE), severity
 *   identifiers[] { type, value }
 *   publishedAt, updatedAt, withdrawnAt
 *   cvss.vectorString, cvssSeverities.cvssV3.vectorString, cvssSeverities.cvssV4.vectorString
 *   cwes.nodes[].cweId
 * vulnerability
 *   package { ecosystem, name }                   PIP, NPM, MAVEN, GO, RUBYGEMS, RUST, COMPOSER, NUGET, ERLANG, PUB, SWIFT, ACTIONS
 *   vulnerableVersionRange                        "&gt;= 4.3.0, &lt; 4.3.5"
 *   firstPatchedVersion.identifier                or null
 * </pre>
 */
public final class GithubApiFeed implements Feed {
    @Override
    public String name() {
        return "ghsa";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head)
                && text.contains("\"data\"")
                && (text.contains("\"securityAdvisories\"") || text.contains("\"securityVulnerabilities\""));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue data = Json.parse(FeedText.bytes(file), file.limits()).get("data");
        List<JsonValue> advisories = data.at("securityAdvisories", "nodes").elements();
        List<JsonValue> vulnerabilities =
                data.at("securityVulnerabilities", "nodes").elements();
        if (data.members().isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": an answer of GitHub without data; see its \"errors\"");
        }
        for (JsonValue advisory : advisories) {
            describe(file.path(), advisory, facts);
            for (JsonValue vulnerability :
                    advisory.at("vulnerabilities", "nodes").elements()) {
                state(file.path(), advisory, vulnerability, facts);
            }
        }
        for (JsonValue vulnerability : vulnerabilities) {
            describe(file.path(), vulnerability.get("advisory"), facts);
            state(file.path(), vulnerability.get("advisory"), vulnerability, facts);
        }
    }

    private static void state(String where, JsonValue advisory, JsonValue vulnerability, FactSink facts) {
        String id = text(advisory, "ghsaId");
        Optional<String> namespace =
                namespace(vulnerability.at("package", "ecosystem").text().orElse(""));
        String name = vulnerability.at("package", "name").text().orElse("").strip();
        if (namespace.isEmpty() || !FeedText.isName(name) || !FeedText.isName(id)) {
            facts.dropped(where, id + ": a vulnerability is of no package in an ecosystem that is known");
            return;
        }
        Scheme scheme = Scheme.ofWord(namespace.get()).orElse(Scheme.SEMVER);
        Optional<VersionSet> versions = Requirement.plain(scheme, text(vulnerability, "vulnerableVersionRange"));
        if (versions.isEmpty() || versions.get().isEmpty()) {
            facts.dropped(where, id + ": the vulnerable versions of " + name + " cannot be read");
            return;
        }
        String fix = vulnerability
                .at("firstPatchedVersion", "identifier")
                .text()
                .orElse("")
                .strip();
        facts.accept(new AffectedVersions(versions.get(), fix.isEmpty() ? List.of() : List.of(fix))
                .stated(id, namespace.get(), PackageNames.normalised(namespace.get(), name)));
    }

    private static Optional<String> namespace(String ecosystem) {
        return switch (ecosystem) {
            case "PIP" -> Optional.of("pypi");
            case "NPM" -> Optional.of("npm");
            case "MAVEN" -> Optional.of("maven");
            case "GO" -> Optional.of("golang");
            case "RUBYGEMS" -> Optional.of("gem");
            case "RUST" -> Optional.of("cargo");
            case "COMPOSER" -> Optional.of("composer");
            case "NUGET" -> Optional.of("nuget");
            case "ERLANG" -> Optional.of("hex");
            case "PUB" -> Optional.of("pub");
            case "SWIFT" -> Optional.of("swift");
            case "ACTIONS" -> Optional.of("githubactions");
            default -> Optional.empty();
        };
    }

    private static void describe(String where, JsonValue advisory, FactSink facts) {
        String id = text(advisory, "ghsaId");
        if (!FeedText.isName(id)) {
            facts.dropped(where, "an advisory has no ghsaId");
            return;
        }
        List<String> aliases = new ArrayList<>();
        for (JsonValue identifier : advisory.get("identifiers").elements()) {
            aliases.add(text(identifier, "value"));
        }
        Set<String> weaknesses = new LinkedHashSet<>();
        for (JsonValue weakness : advisory.at("cwes", "nodes").elements()) {
            if (FeedText.isName(text(weakness, "cweId"))) {
                weaknesses.add(text(weakness, "cweId"));
            }
        }
        facts.accept(new Advisory(
                id,
                text(advisory, "classification").equals("MALWARE")
                        ? Advisory.Kind.MALWARE
                        : Advisory.Kind.VULNERABILITY,
                FeedText.identifiers(aliases, id),
                List.of(),
                FeedText.day(text(advisory, "publishedAt")),
                FeedText.day(text(advisory, "updatedAt")),
                !text(advisory, "withdrawnAt").isEmpty(),
                ratings(advisory),
                List.copyOf(weaknesses)));
    }

    private static List<Rating> ratings(JsonValue advisory) {
        Set<Rating> ratings = new LinkedHashSet<>();
        for (JsonValue vector : List.of(
                advisory.at("cvssSeverities", "cvssV4", "vectorString"),
                advisory.at("cvssSeverities", "cvssV3", "vectorString"),
                advisory.at("cvss", "vectorString"))) {
            String text = vector.text().orElse("");
            if (text.indexOf('/') > 0 && FeedText.isName(text)) {
                ratings.add(new Rating("ghsa", text, ""));
            }
        }
        String word = FeedText.word(text(advisory, "severity"));
        if (!word.isEmpty()) {
            ratings.add(new Rating("ghsa", "", word));
        }
        return new ArrayList<>(ratings);
    }

    private static String text(JsonValue record, String name) {
        return record.get(name).text().orElse("").strip();
    }
}
