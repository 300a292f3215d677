package dev.holdfast.inventory.sbom;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entries of a CycloneDX document (1.0 to 1.7), as JSON; XML is brought into the same shape.
 *
 * <pre>
 *   metadata   { timestamp, component { name, version, components[] } }
 *   component  { type, group, name, version, purl, scope,
 *                licenses [ { license { id | name } } | { expression } ],
 *                hashes [ { alg, content } ], properties [ { name, value } ],
 *                evidence { occurrences [ { location } ] }, components [ component ] }
 * </pre>
 *
 * <p>The component of {@code metadata} is what the document describes: it is named, and not one of its parts. Syft notes places as
 * {@code syft:location:0:path} and {@code syft:location:0:layerID}, Trivy as {@code aquasecurity:trivy:FilePath} and
 * {@code aquasecurity:trivy:LayerDiffID}; we write occurrences, with the layer as their additional context.
 */
final class CycloneDx {
    private CycloneDx() {}

    static boolean isKnownVersion(String version) {
        return version.length() == 3
                && version.startsWith("1.")
                && version.charAt(2) >= '0'
                && version.charAt(2) <= '7';
    }

    static void metadata(JsonValue metadata, int line, BillAssembly bill) throws InputException {
        bill.created(text(metadata, "timestamp"));
        JsonValue subject = metadata.get("component");
        bill.subject(text(subject, "name"));
        for (JsonValue property : subject.get("properties").elements()) {
            String name = text(property, "name");
            if (name.equals("aquasecurity:trivy:DiffID") || name.equals("holdfast:layer")) {
                bill.layer(value(property));
            }
        }
        for (JsonValue inner : subject.get("components").elements()) {
            component(inner, line, bill);
        }
    }

    /** One component, and those inside it. Nesting was bounded when the document was read. */
    static void component(JsonValue component, int line, BillAssembly bill) throws InputException {
        Map<String, String> notes = notes(component);
        bill.component(new Claim(
                line,
                text(component, "type"),
                text(component, "group"),
                text(component, "name"),
                text(component, "version"),
                text(component, "purl").strip(),
                licence(component.get("licenses")),
                checksum(component.get("hashes"), "alg", "content"),
                places(component, notes),
                notes));
        for (JsonValue inner : component.get("components").elements()) {
            component(inner, line, bill);
        }
    }

    private static Map<String, String> notes(JsonValue component) {
        Map<String, String> notes = new HashMap<>();
        for (JsonValue property : component.get("properties").elements()) {
            notes.putIfAbsent(text(property, "name"), value(property));
        }
        if (text(component, "scope").equals("excluded")) {
            notes.put("scope", "dev");
        }
        return notes;
    }

    /** JSON has the value as a member, XML as the element's text. */
    private static String value(JsonValue property) {
        String value = text(property, "value");
        return value.isEmpty() ? text(property, "") : value;
    }

    private static List<Claim.Place> places(JsonValue component, Map<String, String> notes) {
        Map<String, String> layers = new TreeMap<>();
        Map<String, String> paths = new TreeMap<>();
        notes.forEach((name, value) -> {
            boolean isPlace = name.startsWith("syft:location:");
            if (isPlace && name.endsWith(":path")) {
                paths.put(name.substring(0, name.length() - ":path".length()), value);
            } else if (isPlace && name.endsWith(":layerID")) {
                layers.put(name.substring(0, name.length() - ":layerID".length()), value);
            }
        });
        List<Claim.Place> places = new ArrayList<>();
        paths.forEach((key, path) -> places.add(new Claim.Place(path, layers.getOrDefault(key, ""))));
        String path = notes.getOrDefault("aquasecurity:trivy:FilePath", "");
        String layer = notes.getOrDefault("aquasecurity:trivy:LayerDiffID", "");
        if (!path.isEmpty() || !layer.isEmpty()) {
            places.add(new Claim.Place(absolute(path), layer));
        }
        if (places.isEmpty()) {
            for (JsonValue occurrence : component.at("evidence", "occurrences").elements()) {
                String location = text(occurrence, "location");
                if (!location.isEmpty()) {
                    places.add(new Claim.Place(location, layer(text(occurrence, "additionalContext"))));
                }
            }
        }
        return places;
    }

    /** We write {@code sha256:… layer 2 of 5} there. */
    private static String layer(String context) {
        int blank = context.indexOf(' ');
        return context.startsWith("sha256:") && blank > 0 ? context.substring(0, blank) : "";
    }

    private static String absolute(String path) {
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }

    private static String licence(JsonValue licences) {
        StringBuilder joined = new StringBuilder();
        for (JsonValue each : licences.elements()) {
            JsonValue licence = each.get("license").isAbsent() ? each : each.get("license");
            String word = each.text().orElseGet(() -> text(each, "expression"));
            word = word.isEmpty() ? text(licence, "id") : word;
            word = word.isEmpty() ? text(licence, "name") : word;
            if (!word.isEmpty()) {
                joined.append(joined.isEmpty() ? "" : " AND ").append(word);
            }
        }
        return joined.toString();
    }

    /** SHA-256 before SHA-1; others name nothing that we look up. */
    static String checksum(JsonValue hashes, String algorithmName, String contentName) {
        String best = "";
        for (JsonValue hash : hashes.elements()) {
            String algorithm = text(hash, algorithmName).replace("-", "").replace("_", "");
            String content = text(hash, contentName);
            content = content.isEmpty() ? text(hash, "") : content;
            if (algorithm.equalsIgnoreCase("SHA256")) {
                return "sha256:" + content;
            }
            if (algorithm.equalsIgnoreCase("SHA1")) {
                best = "sha1:" + content;
            }
        }
        return best;
    }

    static String text(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }
}
