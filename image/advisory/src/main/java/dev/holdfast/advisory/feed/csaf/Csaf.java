package dev.holdfast.advisory.feed.csaf;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.advisory.feed.csaf.ProductTree.Component;
import dev.holdfast.advisory.feed.rpm.PackageClaims;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CSAF 2.0 documents of distributions: VEX ({@code "category": "csaf_vex"}, one a CVE) and advisories ({@code csaf_security_advisory}, one
 * a bulletin such as {@code RHSA-2023:7025}).
 *
 * <pre>
 * { "document": { "category": …, "aggregate_severity": { "text": WORD }, "publisher": { "namespace": URL },
 *                 "tracking": { "id": ID, "initial_release_date": TIME, "current_release_date": TIME } },
 *   "product_tree": …,                                                        // see {@link ProductTree}
 *   "vulnerabilities": [ { "cve": CVE, "cwe": { "id": CWE },
 *       "product_status": { "fixed": [ ID, … ], "known_affected": …, "known_not_affected": …, "under_investigation": … },
 *       "remediations": [ { "category": …, "details": …, "product_ids": [ … ] } ],
 *       "scores": [ { "cvss_v3": { "vectorString": VECTOR } } ],
 *       "threats": [ { "category": "impact", "details": WORD, "product_ids": [ … ] } ] } ] }
 * </pre>
 *
 * <p>{@code known_affected} is refined by the remediation of the same product: {@code no_fix_planned} with <i>Out of support scope</i>
 * (end of life) or <i>Will not fix</i>, {@code none_available} with <i>Fix deferred</i> or <i>Under investigation</i>. Such a statement
 * holds for every version, whatever version the product carries. Products of which {@link dev.holdfast.advisory.feed.rpm.Products} knows no
 * namespace, and products that are no RPM packages, are left out.
 */
public final class Csaf implements Feed {
    private final String name;
    private final String marker;

    /**
     * @param name of the source
     * @param marker what stands near the start of its files
     */
    Csaf(String name, String marker) {
        this.name = name;
        this.marker = marker;
    }

    /** One importer a publisher: each is a source of its own, with its own terms and date. */
    public static List<Feed> all() {
        return List.of(new Csaf("redhat-csaf", "redhat.com"), new Csaf("suse-csaf", "suse.com"), new Csaf("csaf", ""));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        String text = FeedText.headText(head);
        return FeedText.isJsonObject(head) && text.contains("\"csaf_version\"") && text.contains(marker);
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue document = Json.parse(file.bytes(), file.limits());
        String id = document.at("document", "tracking", "id").text().orElse("");
        if (!FeedText.isName(id)) {
            throw new InputException(
                    InputException.Code.MALFORMED, file.path() + ": a CSAF document without a tracking id");
        }
        String by = publisher(document);
        ProductTree tree = new ProductTree(document.get("product_tree"));
        PackageClaims claims = new PackageClaims();
        List<String> flaws = new ArrayList<>();
        for (JsonValue flaw : document.get("vulnerabilities").elements()) {
            String cve = flaw.get("cve").text().orElse("");
            if (FeedText.isName(cve)) {
                flaws.add(cve);
                facts.accept(advisory(cve, by, flaw, document));
                new Verdicts(cve, flaw, tree, severity(document)).claim(claims);
            } else {
                facts.dropped(id, "a vulnerability without a CVE");
            }
        }
        if (!flaws.contains(id)) {
            facts.accept(bulletin(id, by, flaws, document));
        }
        claims.state(facts);
    }

    private static Advisory bulletin(String id, String by, List<String> flaws, JsonValue document) {
        String word = severity(document);
        return new Advisory(
                id,
                Kind.VULNERABILITY,
                List.of(),
                flaws,
                day(document, "initial_release_date"),
                day(document, "current_release_date"),
                false,
                word.isEmpty() ? List.of() : List.of(new Rating(by, "", word)),
                List.of());
    }

    private static Advisory advisory(String cve, String by, JsonValue flaw, JsonValue document) {
        List<Rating> ratings = new ArrayList<>();
        String word = impact(flaw).orElse(severity(document));
        if (!word.isEmpty()) {
            ratings.add(new Rating(by, "", word));
        }
        for (JsonValue score : flaw.get("scores").elements()) {
            for (String version : List.of("cvss_v4", "cvss_v3", "cvss_v2")) {
                Optional<Rating> rating =
                        score.at(version, "vectorString").text().map(it -> new Rating(by, it, ""));
                if (rating.isPresent() && !ratings.contains(rating.get())) {
                    ratings.add(rating.get());
                }
            }
        }
        Optional<String> weakness = flaw.at("cwe", "id").text();
        return new Advisory(
                cve,
                Kind.VULNERABILITY,
                List.of(),
                List.of(),
                FeedText.day(flaw.get("release_date").text().orElse("")),
                day(document, "current_release_date"),
                false,
                ratings,
                weakness.map(List::of).orElse(List.of()));
    }

    /** The worst word of the threats is the first: Red Hat lists the products of one impact together, nearly always a single one. */
    private static Optional<String> impact(JsonValue flaw) {
        for (JsonValue threat : flaw.get("threats").elements()) {
            if (threat.get("category").text().orElse("").equals("impact")) {
                return threat.get("details").text().map(FeedText::word);
            }
        }
        return Optional.empty();
    }

    private static String severity(JsonValue document) {
        return FeedText.word(
                document.at("document", "aggregate_severity", "text").text().orElse(""));
    }

    private static String day(JsonValue document, String name) {
        return FeedText.day(document.at("document", "tracking", name).text().orElse(""));
    }

    private static String publisher(JsonValue document) {
        String origin = document.at("document", "publisher", "namespace").text().orElse("");
        return origin.contains("redhat.com") ? "redhat" : origin.contains("suse.com") ? "suse" : "csaf";
    }

    /** What a document says of one flaw, product by product. */
    private static final class Verdicts {
        private final String cve;
        private final JsonValue flaw;
        private final ProductTree tree;
        private final String severity;
        private final Map<String, Status> remedies = new HashMap<>();
        private final Map<String, String> impacts = new HashMap<>();

        Verdicts(String cve, JsonValue flaw, ProductTree tree, String severity) {
            this.cve = cve;
            this.flaw = flaw;
            this.tree = tree;
            this.severity = impact(flaw).orElse(severity);
            for (JsonValue remedy : flaw.get("remediations").elements()) {
                Optional<Status> status = remedy(remedy);
                if (status.isPresent()) {
                    remedy.get("product_ids").texts().forEach(id -> remedies.put(id, status.get()));
                }
            }
            for (JsonValue threat : flaw.get("threats").elements()) {
                String word = FeedText.word(threat.get("details").text().orElse(""));
                if (threat.get("category").text().orElse("").equals("impact")) {
                    threat.get("product_ids").texts().forEach(id -> impacts.put(id, word));
                }
            }
        }

        void claim(PackageClaims claims) {
            JsonValue statuses = flaw.get("product_status");
            for (String id : statuses.get("fixed").texts()) {
                claim(id, Status.FIXED, claims);
            }
            for (String id : statuses.get("known_affected").texts()) {
                claim(id, remedies.getOrDefault(id, Status.UNFIXED), claims);
            }
            for (String id : statuses.get("under_investigation").texts()) {
                claim(id, Status.UNDER_INVESTIGATION, claims);
            }
            for (String id : statuses.get("known_not_affected").texts()) {
                claim(id, Status.NOT_AFFECTED, claims);
            }
        }

        private void claim(String productId, Status status, PackageClaims claims) {
            Optional<Component> found = tree.component(productId);
            if (found.isEmpty()) {
                return;
            }
            Component component = found.get();
            Statements about = new Statements(
                    cve,
                    component.namespace(),
                    component.name(),
                    new Qualifiers(component.module(), List.of(), ""),
                    impacts.getOrDefault(productId, severity));
            if (status != Status.FIXED) {
                claims.add(about.ofEvery(status), component.architecture());
            } else if (!component.version().isEmpty()) {
                claims.add(about.fixedIn(component.version()), component.architecture());
            }
        }

        private static Optional<Status> remedy(JsonValue remedy) {
            String details = remedy.get("details").text().orElse("");
            return switch (remedy.get("category").text().orElse("")) {
                case "no_fix_planned" ->
                    Optional.of(details.equals("Out of support scope") ? Status.END_OF_LIFE : Status.WILL_NOT_FIX);
                case "none_available" ->
                    switch (details) {
                        case "Fix deferred" -> Optional.of(Status.DEFERRED);
                        case "Under investigation" -> Optional.of(Status.UNDER_INVESTIGATION);
                        default -> Optional.of(Status.UNFIXED);
                    };
                default -> Optional.empty();
            };
        }
    }
}
