package dev.holdfast.inventory.sbom;

import java.util.List;
import java.util.Map;

/**
 * What a document says of one component, in words that every format has; what it does not say is empty.
 *
 * @param line where in the document it stands, from 1; 0 when nobody counted
 * @param kind {@code library}, {@code application}, {@code operating-system}, {@code file}, …, as CycloneDX calls them
 * @param group what stands in front of the name: a Maven group, an npm scope
 * @param name its name
 * @param version its version
 * @param purl its package URL as written
 * @param licence a licence expression
 * @param checksum {@code sha256:} or {@code sha1:} and digits
 * @param places where it lies in what the document describes
 * @param notes what producers add by names of their own, such as {@code aquasecurity:trivy:SrcName}
 */
record Claim(
        int line,
        String kind,
        String group,
        String name,
        String version,
        String purl,
        String licence,
        String checksum,
        List<Place> places,
        Map<String, String> notes) {

    /** A path, and the digest of the layer that holds it; either may be empty. */
    record Place(String path, String layer) {}

    Claim {
        places = List.copyOf(places);
        notes = Map.copyOf(notes);
    }

    String note(String name) {
        return notes.getOrDefault(name, "");
    }

    /** How a person finds it: name and version, or whatever there is. */
    String label() {
        String text = group.isEmpty() ? name : group + "/" + name;
        if (text.isEmpty()) {
            text = purl.isEmpty() ? "line " + line : purl;
        }
        return version.isEmpty() ? text : text + " " + version;
    }
}
