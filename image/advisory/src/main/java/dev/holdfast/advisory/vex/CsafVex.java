package dev.holdfast.advisory.vex;

import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CSAF 2.0 documents, profile VEX.
 *
 * <pre>
 * document        { publisher { name }, tracking { current_release_date } }
 * product_tree    { branches (nested), full_product_names, relationships, product_groups }
 * vulnerabilities [ { cve, ids [ { text } ],
 *     product_status { known_not_affected | fixed | first_fixed | known_affected | under_investigation … : [ PRODUCT_ID ] },
 *     flags        [ { label, product_ids, group_ids } ]                       the justification
 *     threats      [ { category: impact, details, product_ids } ]              in words
 *     remediations [ { details, product_ids } ] } ]
 * </pre>
 *
 * <p>A product is known by the package URL of its identification helper. A relationship makes a part of a product: its part is what
 * {@code product_reference} names, its product what {@code relates_to_product_reference} names; where only the part has a package URL (a
 * distribution's releases have CPEs), the part stands for itself.
 */
final class CsafVex {
    private static final Map<String, Status> STATUSES = statuses();

    private final StatementSink sink;
    private final String author;
    private final String time;
    private final Map<String, String> purls = new HashMap<>();
    private final Map<String, Whole> relationships = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();

    private record Whole(String part, String product) {}

    private CsafVex(JsonValue document, StatementSink sink) {
        this.sink = sink;
        this.author = document.at("document", "publisher", "name").text().orElse("");
        this.time = document.at("document", "tracking", "current_release_date")
                .text()
                .orElse("");
    }

    private static Map<String, Status> statuses() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        statuses.put("known_not_affected", Status.NOT_AFFECTED);
        statuses.put("fixed", Status.FIXED);
        statuses.put("first_fixed", Status.FIXED);
        statuses.put("known_affected", Status.AFFECTED);
        statuses.put("first_affected", Status.AFFECTED);
        statuses.put("last_affected", Status.AFFECTED);
        statuses.put("under_investigation", Status.UNDER_INVESTIGATION);
        return statuses;
    }

    static void read(JsonValue document, StatementSink sink) throws InputException {
        CsafVex csaf = new CsafVex(document, sink);
        csaf.takeTree(document.get("product_tree"));
        int number = 0;
        for (JsonValue flaw : document.get("vulnerabilities").elements()) {
            number++;
            csaf.state(flaw, sink.place(number));
        }
    }

    private void takeTree(JsonValue tree) {
        tree.get("branches").elements().forEach(this::takeBranch);
        tree.get("full_product_names").elements().forEach(this::takeProduct);
        for (JsonValue relationship : tree.get("relationships").elements()) {
            JsonValue made = relationship.get("full_product_name");
            takeProduct(made);
            relationships.put(
                    text(made, "product_id"),
                    new Whole(
                            text(relationship, "product_reference"),
                            text(relationship, "relates_to_product_reference")));
        }
        for (JsonValue group : tree.get("product_groups").elements()) {
            groups.put(text(group, "group_id"), group.get("product_ids").texts());
        }
    }

    /** Nesting was bounded when the document was read. */
    private void takeBranch(JsonValue branch) {
        takeProduct(branch.get("product"));
        branch.get("branches").elements().forEach(this::takeBranch);
    }

    private void takeProduct(JsonValue product) {
        product.at("product_identification_helper", "purl")
                .text()
                .ifPresent(purl -> purls.put(text(product, "product_id"), purl));
    }

    private void state(JsonValue flaw, String place) throws InputException {
        List<String> ids = new ArrayList<>();
        flaw.get("cve").text().ifPresent(ids::add);
        flaw.get("ids").elements().forEach(id -> ids.add(text(id, "text")));
        ids.removeIf(String::isEmpty);
        if (ids.isEmpty()) {
            sink.drop(place, "no vulnerability is named");
            return;
        }
        Map<String, String> justifications = byProduct(flaw.get("flags"), "label");
        Map<String, String> details = byProduct(flaw.get("remediations"), "details");
        details.putAll(byProduct(flaw.get("threats"), "details"));
        for (Map.Entry<String, Status> status : STATUSES.entrySet()) {
            for (String product : flaw.at("product_status", status.getKey()).texts()) {
                String whole = product(product);
                if (whole.isEmpty()) {
                    sink.drop(place, ids.getFirst() + ": product " + product + " has no package URL");
                    continue;
                }
                sink.add(new VexStatement(
                        ids.getFirst(),
                        ids.subList(1, ids.size()),
                        whole,
                        part(product),
                        status.getValue(),
                        justifications.getOrDefault(product, ""),
                        details.getOrDefault(product, ""),
                        author,
                        time,
                        place));
            }
        }
    }

    private Map<String, String> byProduct(JsonValue list, String what) {
        Map<String, String> byProduct = new HashMap<>();
        for (JsonValue each : list.elements()) {
            List<String> products = new ArrayList<>(each.get("product_ids").texts());
            each.get("group_ids").texts().forEach(group -> products.addAll(groups.getOrDefault(group, List.of())));
            products.forEach(product -> byProduct.putIfAbsent(product, text(each, what)));
        }
        return byProduct;
    }

    private String product(String id) {
        Whole whole = relationships.get(id);
        if (purls.containsKey(id) || whole == null) {
            return purls.getOrDefault(id, "");
        }
        String product = purls.getOrDefault(whole.product, "");
        return product.isEmpty() ? purls.getOrDefault(whole.part, "") : product;
    }

    private String part(String id) {
        Whole whole = relationships.get(id);
        if (whole == null || purls.containsKey(id) || !purls.containsKey(whole.product)) {
            return "";
        }
        return purls.getOrDefault(whole.part, "");
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }
}
