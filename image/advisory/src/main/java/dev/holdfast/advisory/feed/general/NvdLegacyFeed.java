package dev.holdfast.advisory.feed.general;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The National Vulnerability Database's yearly files in JSON 1.1, retired in December 2023.
 *
 * <pre>
 * CVE_data_timestamp                          time
 * CVE_Items[]
 *   cve.CVE_data_meta.ID
 *   cve.problemtype.problemtype_data[].description[].value       CWE-…
 *   cve.description.description_data[].value                     begins with "** REJECT **" when it was
 *   impact.baseMetricV3.cvssV3.vectorString, impact.baseMetricV2.cvssV2.vectorString
 *   configurations.nodes[] { operator, children[], cpe_match[] }
 *     cpe_match[] { vulnerable, cpe23Uri, versionStart|End Including|Excluding }
 *   publishedDate, lastModifiedDate
 * </pre>
 */
public final class NvdLegacyFeed implements Feed {
    @Override
    public String name() {
        return "nvd";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return JsonHead.members(head).containsKey("CVE_data_type");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Json.streamMembers(file.bytes(), file.limits(), Set.of("CVE_Items"), (name, value) -> {
            if (name.equals("CVE_Items")) {
                entry(file.path(), value, facts);
            } else if (name.equals("CVE_data_timestamp")) {
                String day = FeedText.day(value.text().orElse(""));
                if (!day.isEmpty()) {
                    facts.dated(day);
                }
            }
        });
    }

    private static void entry(String where, JsonValue item, FactSink facts) {
        String id = item.at("cve", "CVE_data_meta", "ID").text().orElse("");
        if (!FeedText.isCve(id)) {
            facts.dropped(where, "an entry has no CVE identifier");
            return;
        }
        facts.accept(new Advisory(
                id,
                Advisory.Kind.VULNERABILITY,
                List.of(),
                List.of(),
                FeedText.day(item.get("publishedDate").text().orElse("")),
                FeedText.day(item.get("lastModifiedDate").text().orElse("")),
                isRejected(item),
                ratings(item.get("impact")),
                weaknesses(item)));
        NvdProducts products = new NvdProducts();
        addNodes(products, item.at("configurations", "nodes"));
        products.state(where, id, facts);
    }

    private static boolean isRejected(JsonValue item) {
        for (JsonValue description :
                item.at("cve", "description", "description_data").elements()) {
            String text = description.get("value").text().orElse("");
            if (text.startsWith("** REJECT **") || text.startsWith("Rejected reason:")) {
                return true;
            }
        }
        return false;
    }

    private static List<Rating> ratings(JsonValue impact) {
        List<Rating> ratings = new ArrayList<>();
        for (JsonValue vector : List.of(
                impact.at("baseMetricV3", "cvssV3", "vectorString"),
                impact.at("baseMetricV2", "cvssV2", "vectorString"))) {
            String text = vector.text().orElse("");
            if (text.indexOf('/') > 0 && FeedText.isName(text)) {
                ratings.add(new Rating("nvd", text, ""));
            }
        }
        return ratings;
    }

    private static List<String> weaknesses(JsonValue item) {
        Set<String> weaknesses = new LinkedHashSet<>();
        for (JsonValue problem :
                item.at("cve", "problemtype", "problemtype_data").elements()) {
            for (JsonValue description : problem.get("description").elements()) {
                String value = description.get("value").text().orElse("");
                if (value.startsWith("CWE-") && FeedText.isName(value)) {
                    weaknesses.add(value);
                }
            }
        }
        return new ArrayList<>(weaknesses);
    }

    /** Nesting is bounded by the JSON reader's depth. */
    private static void addNodes(NvdProducts products, JsonValue nodes) {
        for (JsonValue node : nodes.elements()) {
            addNodes(products, node.get("children"));
            for (JsonValue match : node.get("cpe_match").elements()) {
                products.add(match, "cpe23Uri");
            }
        }
    }
}
