package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The retire.js repositories, JSON: {@code jsrepository*.json} (libraries that browsers load) and {@code npmrepository.json}.
 *
 * <pre>
 * map of a library's name to
 *   npmname, basePurl               its npm package, when it is one under another name
 *   vulnerabilities[]
 *     atOrAbove, below              SemVer; or ranges[] of them (the master file)
 *     excludes[]                    single versions in between that are not affected
 *     severity                      a word
 *     cwe[]
 *     identifiers { CVE[], githubID, … }
 * </pre>
 *
 * <p>A flaw stands under its CVEs, with GitHub's identifier as alias where there is one CVE, or under GitHub's. One that has neither is
 * called {@code RETIREJS-LIBRARY-BELOW}, after the version that fixes it; so the several files, which say the same in different
 * forms, give the same facts. A browser library that is no npm package belongs to namespace {@code generic}.
 */
public final class RetireJsFeed implements Feed {
    /** The entry that shows what entries look like. */
    private static final String EXAMPLE = "retire-example";

    /** The longest lists that a flaw has are of 10. Each range is stated under each CVE. */
    private static final int MAX_LIST = 200;

    @Override
    public String name() {
        return "retirejs";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String name = FeedText.fileName(path);
        return (name.startsWith("jsrepository") || name.startsWith("npmrepository"))
                && name.endsWith(".json")
                && FeedText.isJsonObject(head);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(FeedText.bytes(file), file.limits());
        if (document.members().isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED, file.path() + ": not a retire.js repository: it holds no libraries");
        }
        boolean isNpm = FeedText.fileName(file.path()).startsWith("npm");
        for (Map.Entry<String, JsonValue> library : document.members().entrySet()) {
            if (library.getKey().equals(EXAMPLE)) {
                continue;
            }
            Optional<String> npmName = isNpm ? Optional.of(library.getKey()) : npmName(library.getValue());
            Library named = new Library(
                    library.getKey(), npmName.isPresent() ? "npm" : "generic", npmName.orElse(library.getKey()));
            if (FeedText.isName(named.packageName())) {
                for (JsonValue flaw : library.getValue().get("vulnerabilities").elements()) {
                    if (flaw.get("ranges").elements().size() > MAX_LIST
                            || flaw.at("identifiers", "CVE").elements().size() > MAX_LIST) {
                        facts.dropped(
                                file.path(), named.key() + ": a flaw with more than " + MAX_LIST + " ranges or CVEs");
                    } else {
                        named.state(file.path(), flaw, facts);
                    }
                }
            }
        }
    }

    private static Optional<String> npmName(JsonValue library) {
        String purl = library.get("basePurl").text().orElse("");
        if (purl.startsWith("pkg:npm/")) {
            return Optional.of(purl.substring("pkg:npm/".length()).replace("%40", "@"));
        }
        return library.get("npmname").text();
    }

    private record Library(String key, String namespace, String packageName) {

        void state(String where, JsonValue flaw, FactSink facts) {
            List<JsonValue> ranges = flaw.get("ranges").elements();
            for (JsonValue range : ranges.isEmpty() ? List.of(flaw) : ranges) {
                String below = range.get("below").scalar().orElse("").strip();
                Set<String> ids = identifiers(flaw, below);
                Optional<VersionSet> versions = versions(range, below);
                for (String id : ids) {
                    facts.accept(advisory(flaw, id, ids));
                    if (versions.isPresent() && !versions.get().isEmpty()) {
                        facts.accept(
                                AffectedVersions.endingWithFix(versions.get()).stated(id, namespace, packageName));
                    } else {
                        facts.dropped(where, id + ": the affected versions of " + key + " cannot be read");
                    }
                }
            }
        }

        /** Browser libraries that are no npm packages number their versions as they like. */
        private Optional<VersionSet> versions(JsonValue range, String below) {
            Optional<VersionSet> versions = versions(Scheme.NPM, range, below);
            return versions.isEmpty() && namespace.equals("generic")
                    ? versions(Scheme.GENERIC, range, below)
                    : versions;
        }

        private static Optional<VersionSet> versions(Scheme scheme, JsonValue range, String below) {
            String from = range.get("atOrAbove").scalar().orElse("").strip();
            Optional<VersionSet> whole =
                    VersionSet.of(scheme, List.of(new Range(semantic(from), true, semantic(below), false)));
            List<Range> excluded = new ArrayList<>();
            for (String version : range.get("excludes").texts()) {
                excluded.add(new Range(semantic(version), true, semantic(version), true));
            }
            return whole.flatMap(
                    versions -> VersionSet.of(scheme, excluded).map(apart -> versions.intersect(apart.complement())));
        }

        /**
         * Versions as npm itself takes them: {@code 3.0} is {@code 3.0.0}, {@code 1.9.0b1} and {@code 1.9.0.b1} are {@code 1.9.0-b1}, and
         * {@code 1.3.0-*} begins with the lowest pre-release.
         */
        private static String semantic(String version) {
            if (version.matches("\\d+(\\.\\d+)?")) {
                return version + (version.indexOf('.') < 0 ? ".0.0" : ".0");
            }
            return version.replaceFirst("-\\*$", "-0").replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\.?([A-Za-z])", "$1-$2");
        }

        private Set<String> identifiers(JsonValue flaw, String below) {
            Set<String> ids = new LinkedHashSet<>();
            for (String cve : flaw.at("identifiers", "CVE").texts()) {
                if (FeedText.isCve(cve.strip())) {
                    ids.add(cve.strip());
                }
            }
            if (ids.isEmpty()) {
                flaw.at("identifiers", "githubID")
                        .text()
                        .filter(FeedText::isName)
                        .ifPresent(ids::add);
            }
            if (ids.isEmpty()) {
                ids.add("RETIREJS-" + (key + "-" + below).replaceAll("[^A-Za-z0-9._-]", "-"));
            }
            return ids;
        }
    }

    private static Advisory advisory(JsonValue flaw, String id, Set<String> ids) {
        List<String> github =
                ids.size() == 1 ? flaw.at("identifiers", "githubID").texts() : List.of();
        String word = FeedText.word(flaw.get("severity").text().orElse(""));
        Set<String> weaknesses = new LinkedHashSet<>();
        for (String weakness : flaw.get("cwe").texts()) {
            if (weakness.startsWith("CWE-") && FeedText.isName(weakness)) {
                weaknesses.add(weakness);
            }
        }
        return new Advisory(
                id,
                Advisory.Kind.VULNERABILITY,
                FeedText.identifiers(github, id),
                List.of(),
                "",
                "",
                false,
                word.isEmpty() ? List.of() : List.of(new Rating("retirejs", "", word)),
                List.copyOf(weaknesses));
    }
}
