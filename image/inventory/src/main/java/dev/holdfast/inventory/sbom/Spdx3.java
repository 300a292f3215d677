package dev.holdfast.inventory.sbom;

import static dev.holdfast.inventory.sbom.CycloneDx.text;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The elements of an SPDX 3.0 document's {@code @graph}, in the compact JSON-LD that the specification prescribes.
 *
 * <pre>
 *   { type: SpdxDocument, name, creationInfo }      { type: CreationInfo, specVersion, created }
 *   { type: software_Package, spdxId, name, software_packageVersion, software_packageUrl, software_primaryPurpose, software_sourceInfo,
 *     externalIdentifier [ { externalIdentifierType: packageUrl, identifier } ],
 *     verifiedUsing [ { type: Hash, algorithm, hashValue } ] }
 * </pre>
 *
 * <p>Names may come with their profile in front, as {@code software_Package} or {@code software:Package}.
 */
final class Spdx3 {
    private final BillAssembly bill;

    Spdx3(BillAssembly bill) {
        this.bill = bill;
    }

    void take(JsonValue element, int line) throws InputException {
        String type = text(element, "type");
        type = type.isEmpty() ? text(element, "@type") : type;
        switch (type.replace(':', '_')) {
            case "SpdxDocument" -> bill.subject(text(element, "name"));
            case "CreationInfo" -> {
                bill.format("SPDX-" + text(element, "specVersion"));
                bill.created(text(element, "created"));
            }
            case "software_Package" -> bill.component(claim(element, line));
            default -> {}
        }
    }

    private static Claim claim(JsonValue element, int line) {
        Map<String, String> notes = new HashMap<>();
        notes.put("sourceInfo", profiled(element, "sourceInfo"));
        String purpose = profiled(element, "primaryPurpose");
        String kind = switch (purpose) {
            case "operatingSystem" -> "operating-system";
            case "" -> "library";
            default -> purpose.toLowerCase(Locale.ROOT);
        };
        return new Claim(
                line,
                kind,
                "",
                text(element, "name"),
                profiled(element, "packageVersion"),
                purl(element),
                "",
                CycloneDx.checksum(element.get("verifiedUsing"), "algorithm", "hashValue"),
                List.of(),
                notes);
    }

    private static String purl(JsonValue element) {
        String purl = profiled(element, "packageUrl");
        for (JsonValue identifier : element.get("externalIdentifier").elements()) {
            if (purl.isEmpty() && text(identifier, "externalIdentifierType").equals("packageUrl")) {
                purl = text(identifier, "identifier");
            }
        }
        return purl.strip();
    }

    private static String profiled(JsonValue element, String name) {
        String value = text(element, "software_" + name);
        return value.isEmpty() ? text(element, "software:" + name) : value;
    }
}
