package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fedora's updates as its update system keeps them, one a document or a page of {@code {"updates": [ … ]}}:
 *
 * <pre>
 * { "alias": "FEDORA-2023-f6ff3f85eb", "type": "security", "status": "stable", "severity": WORD, "date_submitted": TIME,
 *   "release": { "version": "37", "id_prefix": "FEDORA" | "FEDORA-EPEL" | … },
 *   "bugs": [ { "title": "CVE-2022-37436 httpd: …" } ],
 *   "builds": [ { "nvr": "httpd-2.4.55-1.fc37", "type": "rpm", "epoch": 0 } ] }
 * </pre>
 *
 * <p>The CVEs stand in the titles of bugs and nowhere else. Builds are source packages, so statements are qualified with architecture
 * {@code src}. Only {@code stable} security updates of packages count; EPEL is Fedora's repository for Red Hat's releases and qualifies
 * the statement.
 */
public final class FedoraBodhi implements Feed {
    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,10}");

    @Override
    public String name() {
        return "fedora";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head) && text.contains("\"alias\"") && text.contains("\"FEDORA-");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(file.bytes(), file.limits());
        List<JsonValue> updates = document.get("updates").elements();
        for (JsonValue update : updates.isEmpty() ? List.of(document) : updates) {
            readUpdate(update, facts);
        }
    }

    private static void readUpdate(JsonValue update, FactSink facts) {
        String id = update.get("alias").text().orElse("");
        if (!text(update, "type").equals("security") || !text(update, "status").equals("stable")) {
            return;
        }
        Optional<String> namespace = namespace(update.get("release"));
        if (!FeedText.isName(id) || namespace.isEmpty()) {
            facts.dropped(id, "an update of an unknown release");
            return;
        }
        Set<String> flaws = new LinkedHashSet<>();
        for (JsonValue bug : update.get("bugs").elements()) {
            Matcher cve = CVE.matcher(text(bug, "title"));
            while (cve.find()) {
                flaws.add(cve.group());
            }
        }
        String severity = FeedText.word(text(update, "severity"));
        String word = severity.equals("unspecified") ? "" : severity;
        facts.accept(new Advisory(
                id,
                Kind.VULNERABILITY,
                List.of(),
                List.copyOf(flaws),
                FeedText.day(text(update, "date_stable")),
                FeedText.day(text(update, "date_modified")),
                false,
                word.isEmpty() ? List.of() : List.of(new Rating("fedora", "", word)),
                List.of()));
        String repository = text(update.get("release"), "id_prefix").equals("FEDORA-EPEL") ? "epel" : "";
        for (JsonValue build : update.get("builds").elements()) {
            readBuild(flaws.isEmpty() ? Set.of(id) : flaws, namespace.get(), repository, word, build, facts);
        }
    }

    private static void readBuild(
            Set<String> flaws, String namespace, String repository, String word, JsonValue build, FactSink facts) {
        Optional<Nevra> nevra = build.get("nvr").text().flatMap(Nevra::parse);
        if (!text(build, "type").equals("rpm") || nevra.isEmpty()) {
            return;
        }
        String epoch = build.get("epoch").scalar().orElse("");
        String version = Nevra.evr(epoch, nevra.get().version(), "");
        Qualifiers qualifiers = new Qualifiers("", List.of("src"), repository);
        for (String flaw : flaws) {
            facts.accept(new Statements(flaw, namespace, nevra.get().name(), qualifiers, word).fixedIn(version));
        }
    }

    private static Optional<String> namespace(JsonValue release) {
        String version = text(release, "version");
        if (!version.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return switch (text(release, "id_prefix")) {
            case "FEDORA" -> Optional.of("fedora:" + version);
            case "FEDORA-EPEL" -> Optional.of("rhel:" + version);
            default -> Optional.empty();
        };
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }
}
