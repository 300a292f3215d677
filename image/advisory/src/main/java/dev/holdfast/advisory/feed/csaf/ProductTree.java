package dev.holdfast.advisory.feed.csaf;

import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.rpm.Nevra;
import dev.holdfast.advisory.feed.rpm.Products;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The product tree of a CSAF document.
 *
 * <pre>
 * "product_tree": {
 *   "branches": [ { "category": …, "product": { "product_id": ID, "product_identification_helper": { "cpe": CPE } | { "purl": PURL } },
 *                   "branches": [ … ] }, … ],
 *   "relationships": [ { "category": "default_component_of", "full_product_name": { "product_id": ID },
 *                        "product_reference": ID of the package, "relates_to_product_reference": ID of the release }, … ] }
 * </pre>
 *
 * <p>Statuses name the product identifiers of relationships: a package as a component of a release. The release has a CPE. A module stands
 * between the two as a relationship of its own ({@code pkg:rpmmod/redhat/ruby@2.5:…}), or, today, as the qualifier
 * {@code rpmmod=ruby:2.5:8090020230627084142:b46abd14} of the package's URL.
 */
final class ProductTree {
    /** Package, module, release: deeper chains are loops. */
    private static final int MAX_CHAIN = 4;

    private final Map<String, String> cpes = new HashMap<>();
    private final Map<String, PackageUrl> purls = new HashMap<>();
    private final Map<String, Relationship> relationships = new HashMap<>();

    ProductTree(JsonValue tree) {
        for (JsonValue branch : tree.get("branches").elements()) {
            takeBranch(branch);
        }
        for (JsonValue product : tree.get("full_product_names").elements()) {
            takeProduct(product);
        }
        for (JsonValue relationship : tree.get("relationships").elements()) {
            relationships.put(
                    text(relationship.at("full_product_name", "product_id")),
                    new Relationship(
                            text(relationship.get("product_reference")),
                            text(relationship.get("relates_to_product_reference"))));
        }
    }

    /** Nesting was bounded when the document was read. */
    private void takeBranch(JsonValue branch) {
        takeProduct(branch.get("product"));
        for (JsonValue child : branch.get("branches").elements()) {
            takeBranch(child);
        }
    }

    private void takeProduct(JsonValue product) {
        String id = text(product.get("product_id"));
        JsonValue known = product.get("product_identification_helper");
        known.get("cpe").text().ifPresent(cpe -> cpes.put(id, cpe));
        known.get("purl").text().flatMap(PackageUrl::parse).ifPresent(purl -> purls.put(id, purl));
    }

    /** The package in a release that a product identifier means; empty when it is neither an RPM package nor in a release that we know. */
    Optional<Component> component(String productId) {
        Relationship relationship = relationships.get(productId);
        if (relationship == null) {
            return Optional.empty();
        }
        PackageUrl purl = purls.get(relationship.part);
        if (purl == null || !purl.type().equals("rpm") || !FeedText.isName(purl.name())) {
            return Optional.empty();
        }
        String module = purl.qualifiers().getOrDefault("rpmmod", "");
        String whole = relationship.whole;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Relationship above = relationships.get(whole);
            if (above == null) {
                break;
            }
            PackageUrl stream = purls.get(above.part);
            if (stream != null && stream.type().equals("rpmmod")) {
                module = stream.name() + ":" + stream.version();
            }
            whole = above.whole;
        }
        if (!module.isEmpty() && module.indexOf(':') < 0) {
            return Optional.empty(); // a Flatpak, whose "module" is the release that it was built on
        }
        String named = module;
        return Optional.ofNullable(cpes.get(whole))
                .flatMap(Products::ofCpe)
                .map(namespace -> component(namespace, purl, named));
    }

    private static Component component(String namespace, PackageUrl purl, String module) {
        Map<String, String> qualifiers = purl.qualifiers();
        String version =
                purl.version().isEmpty() ? "" : Nevra.evr(qualifiers.getOrDefault("epoch", ""), purl.version(), "");
        return new Component(namespace, purl.name(), version, qualifiers.getOrDefault("arch", ""), stream(module));
    }

    /** {@code ruby:2.5} of {@code ruby:2.5:8090020230627084142:b46abd14}. */
    private static String stream(String module) {
        int first = module.indexOf(':');
        int second = first < 0 ? -1 : module.indexOf(':', first + 1);
        return second < 0 ? module : module.substring(0, second);
    }

    private static String text(JsonValue value) {
        return value.text().orElse("");
    }

    /**
     * A package as a part of a release.
     *
     * @param namespace such as {@code rhel:9}
     * @param name package name
     * @param version empty when the document gives none
     * @param architecture empty when the document gives none; {@code src} for a source package
     * @param module {@code name:stream}, empty for none
     */
    record Component(String namespace, String name, String version, String architecture, String module) {}

    private record Relationship(String part, String whole) {}
}
