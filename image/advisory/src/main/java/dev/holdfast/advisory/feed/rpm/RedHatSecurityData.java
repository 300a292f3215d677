package dev.holdfast.advisory.feed.rpm;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Red Hat's security data service ({@code hydra/rest/securitydata/cve/CVE-….json}), one CVE a document:
 *
 * <pre>
 * { "name": CVE, "threat_severity": WORD, "public_date": TIME, "cwe": "CWE-1->CWE-2",
 *   "cvss3": { "cvss3_scoring_vector": VECTOR }, "cvss": { "cvss_scoring_vector": VECTOR },
 *   "affected_release": [ { "cpe": CPE, "package": "bind-32:9.11.36-5.el8", "release_date": TIME } ],
 *   "package_state":    [ { "cpe": CPE, "package_name": "bind" | "nodejs:18/nodejs", "fix_state": STATE } ] }
 * </pre>
 *
 * <p>Packages are source packages, so every statement is qualified with architecture {@code src}. Containers
 * ({@code openshift4/ose-cli:v4.8}) and products without a namespace are left out. Where the list has one element, older documents have the
 * bare object.
 */
public final class RedHatSecurityData implements Feed {
    private static final List<String> SOURCE = List.of("src");

    @Override
    public String name() {
        return "redhat-security-data";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head)
                && text.contains("\"bugzilla\"")
                && (text.contains("\"threat_severity\"")
                        || text.contains("\"cvss3_scoring_vector\"")
                        || text.contains("\"cvss_scoring_vector\""))
                && !text.contains("\"resource_url\"");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(file.bytes(), file.limits());
        String cve = document.get("name").text().orElse("");
        if (!FeedText.isName(cve)) {
            throw new InputException(InputException.Code.MALFORMED, file.path() + ": a Red Hat CVE without a name");
        }
        String severity = FeedText.word(document.get("threat_severity").text().orElse(""));
        facts.accept(advisory(cve, severity, document));
        for (JsonValue release : each(document.get("affected_release"))) {
            readFix(cve, severity, release, facts);
        }
        for (JsonValue state : each(document.get("package_state"))) {
            readState(cve, severity, state, facts);
        }
    }

    private static Advisory advisory(String cve, String severity, JsonValue document) {
        List<Rating> ratings = new ArrayList<>();
        if (!severity.isEmpty()) {
            ratings.add(new Rating("redhat", "", severity));
        }
        document.at("cvss3", "cvss3_scoring_vector").text().ifPresent(it -> ratings.add(new Rating("redhat", it, "")));
        document.at("cvss", "cvss_scoring_vector").text().ifPresent(it -> ratings.add(new Rating("redhat", it, "")));
        List<String> weaknesses = new ArrayList<>();
        for (String word : document.get("cwe").text().orElse("").split("[^A-Z0-9-]+|->")) {
            String weakness = word.replaceAll("-$", "");
            if (weakness.startsWith("CWE-")) {
                weaknesses.add(weakness);
            }
        }
        return new Advisory(
                cve,
                Kind.VULNERABILITY,
                List.of(),
                List.of(),
                FeedText.day(document.get("public_date").text().orElse("")),
                "",
                false,
                ratings,
                weaknesses);
    }

    private static void readFix(String cve, String severity, JsonValue release, FactSink facts) {
        Optional<String> namespace = release.get("cpe").text().flatMap(Products::ofCpe);
        Optional<Nevra> fix = release.get("package").text().flatMap(Nevra::parse);
        if (namespace.isPresent() && fix.isPresent()) {
            String version = fix.get().version();
            Qualifiers qualifiers = new Qualifiers(Nevra.moduleOf(version), SOURCE, "");
            facts.accept(new Statements(cve, namespace.get(), fix.get().name(), qualifiers, severity).fixedIn(version));
        }
    }

    private static void readState(String cve, String severity, JsonValue state, FactSink facts) {
        Optional<String> namespace = state.get("cpe").text().flatMap(Products::ofCpe);
        String name = state.get("package_name").text().orElse("");
        if (namespace.isEmpty() || !FeedText.isName(name)) {
            return;
        }
        int slash = name.lastIndexOf('/');
        String module = slash < 0 ? "" : name.substring(0, slash);
        String packageName = name.substring(slash + 1);
        if (packageName.isEmpty() || slash >= 0 && module.indexOf(':') < 0) {
            return; // a container
        }
        Optional<Status> status = status(state.get("fix_state").text().orElse(""));
        if (status.isPresent()) {
            Qualifiers qualifiers = new Qualifiers(module, SOURCE, "");
            facts.accept(new Statements(cve, namespace.get(), packageName, qualifiers, severity).ofEvery(status.get()));
        } else {
            facts.dropped(cve + " " + name, "unknown fix state");
        }
    }

    private static Optional<Status> status(String state) {
        return switch (state) {
            case "Affected", "Fix in progress" -> Optional.of(Status.UNFIXED);
            case "Not affected" -> Optional.of(Status.NOT_AFFECTED);
            case "Will not fix" -> Optional.of(Status.WILL_NOT_FIX);
            case "Fix deferred" -> Optional.of(Status.DEFERRED);
            case "Out of support scope" -> Optional.of(Status.END_OF_LIFE);
            case "Under investigation", "New" -> Optional.of(Status.UNDER_INVESTIGATION);
            default -> Optional.empty();
        };
    }

    private static List<JsonValue> each(JsonValue value) {
        return value instanceof JsonValue.JsonObject ? List.of(value) : value.elements();
    }
}
