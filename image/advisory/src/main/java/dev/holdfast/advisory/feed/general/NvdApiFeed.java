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
import dev.holdfast.core.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A page of the National Vulnerability Database's API 2.0, the yearly files of the same shape, and single entries of a page or their
 * {@code cve}, as mirrors keep them.
 *
 * <pre>
 * format, version                NVD_CVE, 2.0
 * timestamp                      time
 * vulnerabilities[].cve
 *   id, published, lastModified
 *   vulnStatus                   Analyzed, Modified, Rejected, …
 *   metrics.cvssMetricV40[] V31[] V30[] V2[] { source, type, cvssData.vectorString }
 *   weaknesses[].description[].value
 *   configurations[].nodes[].cpeMatch[] { vulnerable, criteria, versionStart|End Including|Excluding }
 * </pre>
 *
 * <p>A metric is the NVD's own, CISA's, or that of the numbering authority that assigned the CVE; each is kept with its source.
 */
public final class NvdApiFeed implements Feed {
    private static final List<String> METRICS =
            List.of("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2");

    @Override
    public String name() {
        return "nvd";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!path.endsWith("json") || !FeedText.isJsonObject(head)) {
            return false;
        }
        Map<String, String> members = JsonHead.members(head);
        return members.getOrDefault("format", "").equals("NVD_CVE")
                || members.containsKey("sourceIdentifier") && members.containsKey("id")
                || members.containsKey("cve") && FeedText.headText(head).contains("\"sourceIdentifier\"");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        Map<String, JsonValue> rest = new HashMap<>();
        Json.streamMembers(file.bytes(), file.limits(), Set.of("vulnerabilities"), (name, value) -> {
            if (name.equals("vulnerabilities")) {
                entry(file.path(), value.get("cve"), facts);
            } else {
                rest.put(name, value);
            }
        });
        JsonValue document = new JsonObject(rest);
        if (document.get("format").text().orElse("").equals("NVD_CVE")) {
            String day = FeedText.day(document.get("timestamp").text().orElse(""));
            if (!day.isEmpty()) {
                facts.dated(day);
            }
        } else if (!document.at("cve", "id").isAbsent()) {
            entry(file.path(), document.get("cve"), facts);
        } else if (!document.get("sourceIdentifier").isAbsent()) {
            entry(file.path(), document, facts);
        } else {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": neither a page nor an entry of the NVD: its format is not NVD_CVE");
        }
    }

    private static void entry(String where, JsonValue cve, FactSink facts) {
        String id = cve.get("id").text().orElse("");
        if (!FeedText.isCve(id)) {
            facts.dropped(where, "an entry has no CVE identifier");
            return;
        }
        facts.accept(new Advisory(
                id,
                Advisory.Kind.VULNERABILITY,
                List.of(),
                List.of(),
                FeedText.day(cve.get("published").text().orElse("")),
                FeedText.day(cve.get("lastModified").text().orElse("")),
                cve.get("vulnStatus").text().orElse("").equals("Rejected"),
                ratings(cve.get("metrics")),
                weaknesses(cve)));
        NvdProducts products = new NvdProducts();
        for (JsonValue configuration : cve.get("configurations").elements()) {
            for (JsonValue node : configuration.get("nodes").elements()) {
                for (JsonValue match : node.get("cpeMatch").elements()) {
                    products.add(match, "criteria");
                }
            }
        }
        products.state(where, id, facts);
    }

    private static List<Rating> ratings(JsonValue metrics) {
        Set<Rating> ratings = new LinkedHashSet<>();
        for (String name : METRICS) {
            for (JsonValue metric : metrics.get(name).elements()) {
                String vector = metric.at("cvssData", "vectorString").text().orElse("");
                if (vector.indexOf('/') > 0 && FeedText.isName(vector)) {
                    ratings.add(new Rating(rater(metric.get("source").text().orElse("")), vector, ""));
                }
            }
        }
        return new ArrayList<>(ratings);
    }

    /** The NVD and CISA by their names, a numbering authority by the address or number that the NVD knows it by. */
    private static String rater(String source) {
        return switch (source) {
            case "", "nvd@nist.gov" -> "nvd";
            case "134c704f-9b21-4f2e-91b3-4a467353bcc0" -> "cisa-adp";
            default -> FeedText.isName(source) ? source : "cna";
        };
    }

    private static List<String> weaknesses(JsonValue cve) {
        Set<String> weaknesses = new LinkedHashSet<>();
        for (JsonValue weakness : cve.get("weaknesses").elements()) {
            for (JsonValue description : weakness.get("description").elements()) {
                String value = description.get("value").text().orElse("");
                if (value.startsWith("CWE-") && FeedText.isName(value)) {
                    weaknesses.add(value);
                }
            }
        }
        return new ArrayList<>(weaknesses);
    }
}
