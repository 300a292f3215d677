package dev.holdfast.inventory.sbom;

import static dev.holdfast.inventory.sbom.CycloneDx.text;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The packages of an SPDX 2 document, as JSON; tag-value is brought into the same shape.
 *
 * <pre>
 *   package { SPDXID, name, versionInfo, primaryPackagePurpose, packageFileName, sourceInfo, licenseConcluded, licenseDeclared,
 *             checksums [ { algorithm, checksumValue } ], attributionTexts [ "LayerDiffID: …" ],
 *             annotations [ { comment } ],
 *             externalRefs [ { referenceType: purl, referenceLocator } ] }
 * </pre>
 *
 * <p>The operating system is a package without URL: by its purpose, or, since few producers give one, by Trivy's way of naming its
 * identifier {@code SPDXRef-OperatingSystem-…}, and Clair's {@code SPDXRef-Distribution-…} with the references {@code did},
 * {@code version_id} and {@code pretty_name}. What the document describes is no part of it: a package of purpose {@code CONTAINER}, or one
 * that a {@code DESCRIBES} names and that has neither URL nor version.
 */
final class Spdx2 {
    /** How Trivy and Syft name what a document describes, and the lock files and images that it groups packages by. */
    private static final Pattern NAMED_SUBJECT =
            Pattern.compile("SPDXRef-(ContainerImage|DocumentRoot|Application|Filesystem|Repository)-");

    private final BillAssembly bill;

    Spdx2(BillAssembly bill) {
        this.bill = bill;
    }

    void take(JsonValue entry, int line) throws InputException {
        String id = text(entry, "SPDXID");
        Map<String, String> references = references(entry.get("externalRefs"));
        Map<String, String> notes = notes(entry);
        String purl = references.getOrDefault("purl", "");
        String kind =
                text(entry, "primaryPackagePurpose").toLowerCase(Locale.ROOT).replace('_', '-');
        if (id.contains("OperatingSystem") || id.startsWith("SPDXRef-Distribution")) {
            kind = "operating-system";
        }
        if (purl.isEmpty() && NAMED_SUBJECT.matcher(id).lookingAt()) {
            kind = "container";
        }
        String version = word(text(entry, "versionInfo"));
        if (kind.equals("operating-system")) {
            notes.putIfAbsent("syft:distro:id", references.getOrDefault("did", ""));
            notes.putIfAbsent("syft:distro:versionID", references.getOrDefault("version_id", ""));
            notes.putIfAbsent("syft:distro:prettyName", references.getOrDefault("pretty_name", ""));
        }
        bill.component(new Claim(
                line,
                kind.isEmpty() ? "library" : kind,
                "",
                text(entry, "name"),
                version,
                purl.strip(),
                licence(entry),
                CycloneDx.checksum(entry.get("checksums"), "algorithm", "checksumValue"),
                places(entry, notes),
                notes));
    }

    private static Map<String, String> references(JsonValue list) {
        Map<String, String> references = new HashMap<>();
        for (JsonValue reference : list.elements()) {
            String type = text(reference, "referenceType");
            // SPDX 2.2 wrote types as addresses: http://spdx.org/rdf/references/purl
            references.putIfAbsent(type.substring(type.lastIndexOf('/') + 1), text(reference, "referenceLocator"));
        }
        return references;
    }

    private Map<String, String> notes(JsonValue entry) {
        Map<String, String> notes = new HashMap<>();
        notes.put("sourceInfo", text(entry, "sourceInfo"));
        for (JsonValue sentence : entry.get("attributionTexts").elements()) {
            note(sentence.text().orElse(""), notes);
        }
        for (JsonValue annotation : entry.get("annotations").elements()) {
            note(text(annotation, "comment"), notes);
        }
        return notes;
    }

    private void note(String sentence, Map<String, String> notes) {
        int colon = sentence.indexOf(": ");
        if (colon > 0) {
            String name = sentence.substring(0, colon).strip();
            String value = sentence.substring(colon + 2).strip();
            if (name.equals("DiffID") || name.startsWith("holdfast:layer:")) {
                bill.layer(value); // of what is described, bottom first
            }
            notes.putIfAbsent(name, value);
        }
    }

    private static List<Claim.Place> places(JsonValue entry, Map<String, String> notes) {
        List<Claim.Place> places = new ArrayList<>();
        for (int i = 0; ; i++) {
            String path = notes.getOrDefault("holdfast:location:" + i + ":path", "");
            if (path.isEmpty()) {
                break;
            }
            places.add(new Claim.Place(path, notes.getOrDefault("holdfast:location:" + i + ":layerID", "")));
        }
        String path = text(entry, "packageFileName");
        String layer = notes.getOrDefault("LayerDiffID", "");
        if (places.isEmpty() && (!path.isEmpty() || !layer.isEmpty())) {
            places.add(new Claim.Place(path.isEmpty() || path.startsWith("/") ? path : "/" + path, layer));
        }
        return places;
    }

    private static String licence(JsonValue entry) {
        String concluded = word(text(entry, "licenseConcluded"));
        return concluded.isEmpty() ? word(text(entry, "licenseDeclared")) : concluded;
    }

    /** The two words that mean nothing is said. */
    private static String word(String text) {
        return text.equals("NOASSERTION") || text.equals("NONE") ? "" : text;
    }
}
