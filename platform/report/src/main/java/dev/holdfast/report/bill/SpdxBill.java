package dev.holdfast.report.bill;

import dev.holdfast.core.Digest;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes an SPDX 2.3 document (ISO/IEC 5962's successor) as JSON.
 *
 * <pre>
 *   packages       the target (CONTAINER, or what it is), the distribution (OPERATING-SYSTEM), every installed package, sorted
 *     sourceInfo   built package from: SOURCE VERSION
 *     annotations  holdfast:location:N:path and :layerID, holdfast:module, holdfast:scope, holdfast:ownedBy,
 *                  holdfast:evidence
 *   relationships  DOCUMENT DESCRIBES target; target CONTAINS distribution and what no package owns; the distribution CONTAINS its
 *                  packages; a package CONTAINS what lies in its files
 *   annotations    of the document: holdfast:gap:CODE, what could not be seen
 * </pre>
 *
 * <p>SPDX asks for a time of creation: without one it is the beginning of 1970, which nobody takes for the truth. A licence as declared is
 * seldom an SPDX expression: it stands as comment, and nothing is asserted.
 */
public final class SpdxBill {
    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String SUBJECT = "SPDXRef-DocumentRoot-Target";

    private final BillContents bill;
    private final JsonWriter json;
    private final String created;
    private final String annotator;

    private SpdxBill(BillContents bill, JsonWriter json) {
        this.bill = bill;
        this.json = json;
        this.created = bill.created()
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        this.annotator = "Tool: holdfast-" + bill.version();
    }

    /** Writes the document and leaves the stream open. */
    public static void write(BillContents bill, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new SpdxBill(bill, json).document();
        }
    }

    private void document() {
        json.object(() -> {
            json.text("spdxVersion", "SPDX-2.3");
            json.text("dataLicense", "CC0-1.0");
            json.text("SPDXID", DOCUMENT);
            json.text("name", bill.subjectName());
            json.text("documentNamespace", "urn:uuid:" + bill.uuid("SPDX"));
            json.object("creationInfo", () -> {
                json.text("created", created);
                json.texts("creators", List.of(annotator));
            });
            if (!bill.gaps().isEmpty()) {
                json.array(
                        "annotations",
                        () -> bill.gaps()
                                .forEach(gap -> annotation(
                                        "holdfast:gap:" + gap.code().word(), gap.subject() + ": " + gap.detail())));
            }
            json.array("packages", () -> {
                json.object(this::subject);
                bill.distribution().ifPresent(system -> json.object(() -> system(system)));
                bill.components().forEach(component -> json.object(() -> component(component)));
            });
            json.array("relationships", this::relationships);
            references();
        });
    }

    /** What the licences that the SPDX list does not have are called by those who declare them. */
    private void references() {
        Map<String, String> references = new TreeMap<>();
        for (Component component : bill.components()) {
            String expression = component.record().detail(Detail.SPDX).orElse("");
            for (String word : expression.split("[ ()]+", -1)) {
                if (word.startsWith("LicenseRef-")) {
                    references.putIfAbsent(
                            word, component.record().detail(Detail.LICENCE).orElse(word));
                }
            }
        }
        if (!references.isEmpty()) {
            json.array(
                    "hasExtractedLicensingInfos",
                    () -> references.forEach((id, words) -> json.object(() -> {
                        json.text("licenseId", id);
                        json.text("extractedText", "The text was not read; it is declared as: " + words);
                        json.text("name", id.substring("LicenseRef-".length()));
                    })));
        }
    }

    private void subject() {
        json.text("name", bill.subjectName());
        json.text("SPDXID", SUBJECT);
        bill.target().digest().map(Digest::toString).ifPresent(digest -> json.text("versionInfo", digest));
        unasserted();
        json.text(
                "primaryPackagePurpose",
                switch (bill.target().kind()) {
                    case DOCKER_ARCHIVE, OCI_LAYOUT, REGISTRY, ENGINE, CONTAINERD, CONTAINER, REMEMBERED -> "CONTAINER";
                    case PROJECT -> "SOURCE";
                    case ROOT_FILE_SYSTEM, SBOM -> "OTHER";
                });
        bill.subjectUrl().ifPresent(this::reference);
        Map<String, String> notes = new LinkedHashMap<>();
        bill.target().platform().ifPresent(platform -> notes.put("holdfast:platform", platform.toString()));
        List<String> layers = bill.layerDigests();
        for (int i = 0; i < layers.size(); i++) {
            notes.put("holdfast:layer:" + i, layers.get(i));
        }
        annotations(notes);
    }

    private void system(Distribution system) {
        json.text("name", system.id());
        json.text("SPDXID", systemId(system));
        if (!system.version().isEmpty()) {
            json.text("versionInfo", system.version());
        }
        unasserted();
        json.text("primaryPackagePurpose", "OPERATING_SYSTEM");
        json.text("summary", system.name());
    }

    private static String systemId(Distribution system) {
        return "SPDXRef-OperatingSystem-" + plain(system.id() + "-" + system.version());
    }

    private void component(Component component) {
        PackageRecord record = component.record();
        PackageUrl purl = BillContents.url(component);
        json.text("name", record.name());
        json.text("SPDXID", id(component));
        if (!record.version().isEmpty()) {
            json.text("versionInfo", record.version());
        }
        unasserted(record.detail(Detail.SPDX).orElse("NOASSERTION"));
        BillContents.checksum(component)
                .ifPresent(hash -> json.array(
                        "checksums",
                        () -> json.object(() -> {
                            json.text("algorithm", hash[0].toUpperCase(java.util.Locale.ROOT));
                            json.text("checksumValue", hash[1]);
                        })));
        record.source()
                .ifPresent(source ->
                        json.text("sourceInfo", "built package from: " + source.name() + " " + source.version()));
        record.detail(Detail.LICENCE)
                .filter(licence -> !licence.isBlank())
                .ifPresent(licence -> json.text("licenseComments", "declared as: " + licence));
        reference(purl);
        annotations(notes(component));
    }

    private void unasserted() {
        unasserted("NOASSERTION");
    }

    private void unasserted(String declared) {
        json.text("downloadLocation", "NOASSERTION");
        json.flag("filesAnalyzed", false);
        json.text("licenseConcluded", "NOASSERTION");
        json.text("licenseDeclared", declared);
        json.text("copyrightText", "NOASSERTION");
        json.text("supplier", "NOASSERTION");
    }

    private void reference(PackageUrl purl) {
        json.array(
                "externalRefs",
                () -> json.object(() -> {
                    json.text("referenceCategory", "PACKAGE-MANAGER");
                    json.text("referenceType", "purl");
                    json.text("referenceLocator", purl.toString());
                }));
    }

    private Map<String, String> notes(Component component) {
        Map<String, String> notes = new LinkedHashMap<>();
        int i = 0;
        for (Component.Location location : component.locations()) {
            notes.put("holdfast:location:" + i + ":path", location.path());
            String layer = bill.layer(location);
            if (!layer.isEmpty()) {
                notes.put("holdfast:location:" + i + ":layerID", layer.substring(0, layer.indexOf(' ')));
            }
            i++;
        }
        notes.put(
                "holdfast:evidence",
                component.record().evidence() + " (confidence "
                        + component.record().confidence().word() + ")");
        component
                .record()
                .detail(Detail.MODULE)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> notes.put("holdfast:module", text));
        component.ownedBy().ifPresent(owner -> notes.put("holdfast:ownedBy", owner));
        component.record().detail(Detail.SCOPE).ifPresent(text -> notes.put("holdfast:scope", text));
        return notes;
    }

    private void annotations(Map<String, String> notes) {
        if (!notes.isEmpty()) {
            json.array("annotations", () -> notes.forEach(this::annotation));
        }
    }

    private void annotation(String name, String text) {
        json.object(() -> {
            json.text("annotationDate", created);
            json.text("annotationType", "OTHER");
            json.text("annotator", annotator);
            json.text("comment", name + ": " + text);
        });
    }

    private void relationships() {
        relationship(DOCUMENT, "DESCRIBES", SUBJECT);
        Optional<String> system = bill.distribution().map(SpdxBill::systemId);
        system.ifPresent(id -> relationship(SUBJECT, "CONTAINS", id));
        Map<String, String> owners = new TreeMap<>();
        List<Component> others = new ArrayList<>();
        for (Component component : bill.components()) {
            if (component.record().type().isOfDistribution()) {
                owners.putIfAbsent(component.record().name(), id(component));
                relationship(system.orElse(SUBJECT), "CONTAINS", id(component));
            } else {
                others.add(component);
            }
        }
        for (Component component : others) {
            String owner = component.ownedBy().map(owners::get).orElse(SUBJECT);
            relationship(owner, "CONTAINS", id(component));
        }
    }

    private void relationship(String from, String type, String to) {
        json.object(() -> {
            json.text("spdxElementId", from);
            json.text("relationshipType", type);
            json.text("relatedSpdxElement", to);
        });
    }

    /** Of name and version, which people look for, and a piece of the package URL's hash, which makes it unique. */
    private static String id(Component component) {
        PackageRecord record = component.record();
        String hash = Digest.sha256(BillContents.url(component).toString().getBytes(StandardCharsets.UTF_8))
                .hex();
        return "SPDXRef-Package-" + record.type().word() + "-" + plain(record.name()) + "-" + hash.substring(0, 16);
    }

    /** Identifiers hold letters, digits, dots and dashes. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(64, text.length()); i++) {
            char c = text.charAt(i);
            boolean isAllowed = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.';
            plain.append(isAllowed ? c : '-');
        }
        return plain.toString();
    }
}
