package dev.holdfast.advisory.vex;

import dev.holdfast.advisory.vex.VexStatement.Status;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vulnerabilities of a CycloneDX document that have an analysis; XML is brought into the same shape.
 *
 * <pre>
 * metadata        { timestamp, authors [ { name } ], supplier { name }, component { bom-ref, purl } }
 * components      [ { bom-ref, purl, components } ]
 * vulnerabilities [ { id, references [ { id } ], updated,
 *                     analysis { state, justification, detail, lastUpdated },
 *                     affects [ { ref, versions [ { version, status } ] } ] } ]
 * state           resolved, resolved_with_pedigree → fixed | exploitable → affected | in_triage → under investigation
 *                 | false_positive, not_affected → not affected
 * </pre>
 *
 * <p>{@code ref} is a {@code bom-ref} of this document, a package URL, or a BOM-Link {@code urn:cdx:SERIAL/VERSION#REF} into another,
 * whose fragment is mostly a package URL.
 */
final class CycloneDxVex {
    private final Map<String, String> purlByRef = new HashMap<>();
    private final StatementSink sink;
    private final String author;
    private final String time;

    private CycloneDxVex(JsonValue document, StatementSink sink) {
        JsonValue metadata = document.get("metadata");
        this.sink = sink;
        this.time = text(metadata, "timestamp");
        String named = metadata.get("authors").elements().stream()
                .map(each -> text(each, "name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseGet(() -> metadata.at("supplier", "name").text().orElse(""));
        this.author = named.isEmpty() ? sink.place(0).replace(" statement 0", "") : named;
        takeComponent(metadata.get("component"));
        document.get("components").elements().forEach(this::takeComponent);
    }

    static void read(JsonValue document, StatementSink sink) throws InputException {
        CycloneDxVex vex = new CycloneDxVex(document, sink);
        int number = 0;
        for (JsonValue flaw : document.get("vulnerabilities").elements()) {
            number++;
            vex.state(flaw, sink.place(number));
        }
    }

    /** Nesting was bounded when the document was read. */
    private void takeComponent(JsonValue component) {
        String purl = text(component, "purl");
        String ref = text(component, "bom-ref");
        if (!ref.isEmpty() && !purl.isEmpty()) {
            purlByRef.put(ref, purl);
        }
        component.get("components").elements().forEach(this::takeComponent);
    }

    private void state(JsonValue flaw, String place) throws InputException {
        String id = text(flaw, "id");
        JsonValue analysis = flaw.get("analysis");
        if (analysis.isAbsent()) {
            return; // a report of a vulnerability, no statement about it
        }
        Optional<Status> status = status(text(analysis, "state"));
        if (id.isEmpty() || status.isEmpty()) {
            sink.drop(
                    place,
                    id.isEmpty()
                            ? "no vulnerability is named"
                            : id + ": state \"" + text(analysis, "state") + "\" is none of CycloneDX");
            return;
        }
        List<String> aliases = new ArrayList<>();
        flaw.get("references").elements().forEach(reference -> aliases.add(text(reference, "id")));
        String updated = text(analysis, "lastUpdated");
        updated = updated.isEmpty() ? text(flaw, "updated") : updated;
        for (JsonValue affected : flaw.get("affects").elements()) {
            String purl = resolved(text(affected, "ref"));
            if (purl.isEmpty()) {
                sink.drop(place, id + ": nothing here is called " + text(affected, "ref"));
                continue;
            }
            sink.add(new VexStatement(
                    id,
                    aliases,
                    purl,
                    "",
                    status.get(),
                    text(analysis, "justification"),
                    text(analysis, "detail"),
                    author,
                    updated.isEmpty() ? time : updated,
                    place));
        }
    }

    private String resolved(String ref) {
        String known = purlByRef.getOrDefault(ref, "");
        if (!known.isEmpty() || ref.startsWith("pkg:")) {
            return known.isEmpty() ? ref : known;
        }
        int hash = ref.indexOf('#');
        if (!ref.startsWith("urn:cdx:") || hash < 0) {
            return "";
        }
        try {
            String inner = URLDecoder.decode(ref.substring(hash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return purlByRef.getOrDefault(inner, inner.startsWith("pkg:") ? inner : "");
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private static Optional<Status> status(String state) {
        return switch (state) {
            case "resolved", "resolved_with_pedigree" -> Optional.of(Status.FIXED);
            case "exploitable" -> Optional.of(Status.AFFECTED);
            case "in_triage" -> Optional.of(Status.UNDER_INVESTIGATION);
            case "false_positive", "not_affected" -> Optional.of(Status.NOT_AFFECTED);
            default -> Optional.empty();
        };
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).text().orElse("");
    }
}
