package dev.holdfast.advisory.feed.ubuntu;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Canonical's OpenVEX documents, one a CVE:
 *
 * <pre>
 * { "@context": "https://openvex.dev/ns/v0.2.0", "author": "Canonical Ltd.", "timestamp": TIME, "statements": [ {
 *     "vulnerability": { "name": CVE },
 *     "status": "fixed" | "affected" | "not_affected" | "under_investigation",
 *     "action_statement": PROSE,
 *     "products": [ { "@id": "pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.24?arch=source&amp;distro=jammy" }, … ] } ] }
 * </pre>
 *
 * <p>A product is listed once for its source and once for every binary and architecture: only the source counts, being what Ubuntu's
 * advisories are keyed by. Its version is the one that is current in the release, so {@code fixed} says that this version and later
 * ones are good, and nothing of earlier ones; {@code affected} is said up to it. The one sentence {@code no longer supported} of
 * {@code affected} means the end of the release's support; a pocket of extended maintenance ({@code distro=esm-infra/xenial}) that judges
 * the same source otherwise then speaks for the release, too.
 */
public final class UbuntuVex implements Feed {
    @Override
    public String name() {
        return "ubuntu-vex";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head)
                && text.contains("openvex.dev")
                && (text.contains("ubuntu-security-notices") || text.contains("\"Canonical Ltd.\""));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(file.bytes(), file.limits());
        Map<String, Map<Product, Verdict>> flaws = new LinkedHashMap<>();
        for (JsonValue statement : document.get("statements").elements()) {
            String flaw = statement.at("vulnerability", "name").text().orElse("");
            Optional<Status> status = status(statement);
            if (!FeedText.isName(flaw) || status.isEmpty()) {
                facts.dropped(file.path(), "a statement without a known status");
                continue;
            }
            Map<Product, Verdict> verdicts = flaws.computeIfAbsent(flaw, any -> new LinkedHashMap<>());
            for (JsonValue product : statement.get("products").elements()) {
                Optional<PackageUrl> purl = product.get("@id").text().flatMap(PackageUrl::parse);
                if (purl.isPresent() && "source".equals(purl.get().qualifiers().get("arch"))) {
                    take(purl.get(), status.get(), verdicts);
                }
            }
        }
        String day = FeedText.day(document.get("timestamp").text().orElse(""));
        if (!day.isEmpty()) {
            facts.dated(day);
        }
        flaws.forEach((flaw, verdicts) -> state(flaw, verdicts, facts));
    }

    private static Optional<Status> status(JsonValue statement) {
        return switch (statement.get("status").text().orElse("")) {
            case "fixed" -> Optional.of(Status.FIXED);
            case "not_affected" -> Optional.of(Status.NOT_AFFECTED);
            case "under_investigation" -> Optional.of(Status.UNDER_INVESTIGATION);
            case "affected" ->
                Optional.of(
                        statement.get("action_statement").text().orElse("").contains("no longer supported")
                                ? Status.END_OF_LIFE
                                : Status.UNFIXED);
            default -> Optional.empty();
        };
    }

    private static void take(PackageUrl purl, Status status, Map<Product, Verdict> verdicts) {
        String distro = purl.qualifiers().getOrDefault("distro", "");
        String pocket = UbuntuOsv.pocketOf(distro);
        String codename = distro.endsWith("/esm")
                ? distro.substring(0, distro.indexOf('/'))
                : distro.substring(distro.indexOf('/') + 1);
        Optional<String> namespace = UbuntuReleases.namespace(codename);
        if (namespace.isPresent() && (pocket.isEmpty() || pocket.startsWith("esm"))) {
            verdicts.put(new Product(namespace.get(), purl.name(), pocket), new Verdict(status, purl.version()));
        }
    }

    private static void state(String flaw, Map<Product, Verdict> verdicts, FactSink facts) {
        for (Map.Entry<Product, Verdict> entry : verdicts.entrySet()) {
            Product product = entry.getKey();
            Verdict verdict = entry.getValue();
            Statements about = new Statements(
                    flaw, product.namespace, product.name, new Qualifiers("", List.of(), product.pocket), "");
            if (verdict.status == Status.FIXED) {
                Range good = new Range(verdict.version, true, "", false);
                facts.accept(about.statement(Status.NOT_AFFECTED, List.of(good), List.of()));
            } else if (verdict.status == Status.NOT_AFFECTED || isClearedByPocket(product, verdict, verdicts)) {
                facts.accept(about.notAffected());
            } else {
                Range upTo = new Range("", true, verdict.version, true);
                List<Range> ranges = verdict.version.isEmpty() ? List.of() : List.of(upTo);
                facts.accept(about.statement(verdict.status, ranges, List.of()));
            }
        }
    }

    private static boolean isClearedByPocket(Product product, Verdict verdict, Map<Product, Verdict> verdicts) {
        if (verdict.status != Status.END_OF_LIFE) {
            return false;
        }
        for (Map.Entry<Product, Verdict> other : verdicts.entrySet()) {
            if (other.getValue().status == Status.NOT_AFFECTED
                    && other.getKey().name.equals(product.name)
                    && other.getKey().namespace.equals(product.namespace)) {
                return true;
            }
        }
        return false;
    }

    private record Product(String namespace, String name, String pocket) {}

    private record Verdict(Status status, String version) {}
}
