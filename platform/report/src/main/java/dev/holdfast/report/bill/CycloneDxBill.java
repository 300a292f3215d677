package dev.holdfast.report.bill;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetKind;
import java.io.OutputStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a CycloneDX 1.6 document (ECMA-424) as JSON.
 *
 * <pre>
 *   metadata.component      what is described; properties holdfast:platform, holdfast:tag, holdfast:layer (bottom first)
 *   metadata.properties     holdfast:gap:CODE: what could not be seen
 *   components              the distribution as operating-system, then every installed package, sorted:
 *     evidence.identity     how it was told, and how sure
 *     evidence.occurrences  where it lies; additionalContext begins with the layer's digest
 *     properties            holdfast:source:name, holdfast:source:version, holdfast:module, holdfast:ownedBy, holdfast:scope
 *   dependencies            the target contains the distribution and what no package owns; the distribution its packages; a package
 *                           what lies in its files
 *   compositions            incomplete where there are gaps, else unknown: nobody can promise that nothing was left unseen
 *   vulnerabilities         one a flaw, where findings are given
 * </pre>
 */
public final class CycloneDxBill {
    private static final String SUBJECT = "target";

    private final BillContents bill;
    private final JsonWriter json;

    private CycloneDxBill(BillContents bill, JsonWriter json) {
        this.bill = bill;
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(BillContents bill, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new CycloneDxBill(bill, json).document();
        }
    }

    private void document() {
        json.object(() -> {
            json.text("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.text("bomFormat", "CycloneDX");
            json.text("specVersion", "1.6");
            json.text("serialNumber", "urn:uuid:" + bill.uuid("CycloneDX"));
            json.number("version", 1);
            json.object("metadata", this::metadata);
            json.array("components", () -> {
                bill.distribution().ifPresent(system -> json.object(() -> system(system)));
                bill.components().forEach(component -> json.object(() -> component(component)));
            });
            json.array(
                    "dependencies",
                    () -> dependencies()
                            .forEach((ref, on) -> json.object(() -> {
                                json.text("ref", ref);
                                json.texts("dependsOn", on);
                            })));
            json.array(
                    "compositions",
                    () -> json.object(() -> {
                        json.text("aggregate", bill.gaps().isEmpty() ? "unknown" : "incomplete");
                        json.texts("assemblies", List.of(SUBJECT));
                    }));
            if (!bill.findings().isEmpty()) {
                vulnerabilities();
            }
        });
    }

    private void metadata() {
        bill.created()
                .ifPresent(time -> json.text(
                        "timestamp", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        json.object(
                "tools",
                () -> json.array(
                        "components",
                        () -> json.object(() -> {
                            json.text("type", "application");
                            json.text("name", "holdfast");
                            json.text("version", bill.version());
                        })));
        json.object("component", this::subject);
        if (!bill.gaps().isEmpty()) {
            json.array(
                    "properties",
                    () -> bill.gaps()
                            .forEach(gap -> property(
                                    "holdfast:gap:" + gap.code().word(), gap.subject() + ": " + gap.detail())));
        }
    }

    private void subject() {
        json.text("type", subjectType(bill.target().kind()));
        json.text("bom-ref", SUBJECT);
        json.text("name", bill.subjectName());
        bill.target().digest().map(Digest::toString).ifPresent(digest -> json.text("version", digest));
        bill.subjectUrl().map(PackageUrl::toString).ifPresent(purl -> json.text("purl", purl));
        Map<String, List<String>> properties = new LinkedHashMap<>();
        bill.target()
                .platform()
                .map(Platform::toString)
                .ifPresent(text -> properties.put("holdfast:platform", List.of(text)));
        properties.put("holdfast:tag", bill.target().tags());
        properties.put("holdfast:layer", bill.layerDigests());
        if (properties.values().stream().anyMatch(values -> !values.isEmpty())) {
            json.array(
                    "properties",
                    () -> properties.forEach((name, values) -> values.forEach(value -> property(name, value))));
        }
    }

    private static String subjectType(TargetKind kind) {
        return switch (kind) {
            case DOCKER_ARCHIVE, OCI_LAYOUT, REGISTRY, ENGINE, CONTAINERD, CONTAINER, REMEMBERED -> "container";
            case PROJECT -> "application";
            case ROOT_FILE_SYSTEM -> "platform";
            case SBOM -> "application";
        };
    }

    private void system(Distribution system) {
        json.text("type", "operating-system");
        json.text("bom-ref", systemRef(system));
        json.text("name", system.id());
        if (!system.version().isEmpty()) {
            json.text("version", system.version());
        }
        json.text("description", system.name());
        system.codename()
                .ifPresent(codename -> json.array("properties", () -> property("holdfast:codename", codename)));
    }

    private static String systemRef(Distribution system) {
        return "os:" + system.id() + (system.version().isEmpty() ? "" : "-" + system.version());
    }

    private void component(Component component) {
        PackageRecord record = component.record();
        String purl = BillContents.url(component).toString();
        json.text("type", "library");
        json.text("bom-ref", purl);
        int colon = record.type() == PackageType.MAVEN ? record.name().indexOf(':') : -1;
        if (colon > 0) {
            json.text("group", record.name().substring(0, colon));
        }
        json.text("name", record.name().substring(colon + 1));
        if (!record.version().isEmpty()) {
            json.text("version", record.version());
        }
        BillContents.checksum(component)
                .ifPresent(hash -> json.array(
                        "hashes",
                        () -> json.object(() -> {
                            json.text("alg", hash[0].equals("sha1") ? "SHA-1" : "SHA-256");
                            json.text("content", hash[1]);
                        })));
        licences(record);
        json.text("purl", purl);
        properties(component);
        json.object("evidence", () -> evidence(component));
    }

    /** An expression where licences were asked for, else the package's own words. */
    private void licences(PackageRecord record) {
        Optional<String> expression = record.detail(Detail.SPDX);
        if (expression.isPresent()) {
            json.array("licenses", () -> json.object(() -> json.text("expression", expression.get())));
            return;
        }
        record.detail(Detail.LICENCE)
                .filter(licence -> !licence.isBlank())
                .ifPresent(licence -> json.array(
                        "licenses", () -> json.object(() -> json.object("license", () -> json.text("name", licence)))));
    }

    private void properties(Component component) {
        PackageRecord record = component.record();
        Map<String, String> properties = new LinkedHashMap<>();
        record.source().ifPresent(source -> {
            properties.put("holdfast:source:name", source.name());
            properties.put("holdfast:source:version", source.version());
        });
        record.detail(Detail.MODULE).ifPresent(module -> properties.put("holdfast:module", module));
        record.detail(Detail.SCOPE).ifPresent(scope -> properties.put("holdfast:scope", scope));
        component.ownedBy().ifPresent(owner -> properties.put("holdfast:ownedBy", owner));
        properties.values().removeIf(String::isEmpty);
        if (!properties.isEmpty()) {
            json.array("properties", () -> properties.forEach(this::property));
        }
    }

    private void property(String name, String value) {
        json.object(() -> {
            json.text("name", name);
            json.text("value", value);
        });
    }

    private void evidence(Component component) {
        PackageRecord record = component.record();
        double confidence = confidence(record.confidence());
        json.array(
                "identity",
                () -> json.object(() -> {
                    json.text("field", "purl");
                    json.number("confidence", confidence);
                    json.array(
                            "methods",
                            () -> json.object(() -> {
                                json.text("technique", technique(record));
                                json.number("confidence", confidence);
                                json.text("value", record.evidence());
                            }));
                }));
        json.array(
                "occurrences",
                () -> component
                        .locations()
                        .forEach(location -> json.object(() -> {
                            json.text("location", location.path());
                            if (location.line() > 0) {
                                json.number("line", location.line());
                            }
                            String context = context(location);
                            if (!context.isEmpty()) {
                                json.text("additionalContext", context);
                            }
                        })));
    }

    private String context(Location location) {
        String layer = bill.layer(location);
        if (location.evidence().isEmpty()) {
            return layer;
        }
        return layer.isEmpty() ? "told by " + location.evidence() : layer + ", told by " + location.evidence();
    }

    /** Three steps on a scale of one: certain is only what the package manager or the build itself wrote. */
    private static double confidence(Confidence confidence) {
        return switch (confidence) {
            case LOW -> 0.3;
            case MEDIUM -> 0.7;
            case HIGH -> 1.0;
        };
    }

    private static String technique(PackageRecord record) {
        if (record.evidence().contains("file name")) {
            return "filename";
        }
        return record.type() == PackageType.GOLANG ? "binary-analysis" : "manifest-analysis";
    }

    private Map<String, Set<String>> dependencies() {
        Map<String, Set<String>> graph = new LinkedHashMap<>();
        Set<String> top = new TreeSet<>();
        graph.put(SUBJECT, top);
        Set<String> system = new TreeSet<>();
        bill.distribution().ifPresent(known -> {
            top.add(systemRef(known));
            graph.put(systemRef(known), system);
        });
        Map<String, String> refByName = new TreeMap<>();
        for (Component component : bill.components()) {
            if (component.record().type().isOfDistribution()) {
                refByName.putIfAbsent(
                        component.record().name(), BillContents.url(component).toString());
            }
        }
        for (Component component : bill.components()) {
            String ref = BillContents.url(component).toString();
            boolean isOfSystem = component.record().type().isOfDistribution()
                    && bill.distribution().isPresent();
            Optional<String> owner = component.ownedBy().map(refByName::get);
            (isOfSystem
                            ? system
                            : owner.map(name -> graph.computeIfAbsent(name, first -> new TreeSet<>()))
                                    .orElse(top))
                    .add(ref);
        }
        return graph;
    }

    private void vulnerabilities() {
        Map<String, List<Finding>> byFlaw = new LinkedHashMap<>();
        for (Finding finding : bill.findings()) {
            if (finding.component().isPresent()) {
                byFlaw.computeIfAbsent(finding.id(), first -> new ArrayList<>()).add(finding);
            }
        }
        Map<String, String> refs = new TreeMap<>();
        bill.components()
                .forEach(component -> refs.put(
                        component.purl().toString(), BillContents.url(component).toString()));
        json.array(
                "vulnerabilities",
                () -> byFlaw.forEach((id, group) -> json.object(() -> vulnerability(id, group, refs))));
    }

    private void vulnerability(String id, List<Finding> group, Map<String, String> refs) {
        Finding first = group.getFirst();
        json.text("bom-ref", id);
        json.text("id", id);
        if (!first.aliases().isEmpty()) {
            json.array(
                    "references",
                    () -> first.aliases()
                            .forEach(alias -> json.object(() -> {
                                json.text("id", alias);
                                json.object(
                                        "source",
                                        () -> json.text("name", alias.substring(0, Math.max(1, alias.indexOf('-')))));
                            })));
        }
        json.array("ratings", () -> json.object(() -> rating(first)));
        if (!first.fix().isEmpty()) {
            json.text(
                    "recommendation",
                    String.join(
                            "; ", new TreeSet<>(group.stream().map(Finding::fix).toList())));
        }
        json.array(
                "affects",
                () -> group.forEach(finding -> json.object(() -> {
                    PackageUrl purl = finding.component().orElseThrow();
                    json.text("ref", refs.getOrDefault(purl.toString(), purl.toString()));
                    if (!purl.version().isEmpty()) {
                        json.array(
                                "versions",
                                () -> json.object(() -> {
                                    json.text("version", purl.version());
                                    json.text("status", "affected");
                                }));
                    }
                })));
        json.array("properties", () -> {
            property("holdfast:status", first.status());
            first.exploitedSince().ifPresent(since -> property("holdfast:exploitedSince", since));
            first.epss().ifPresent(epss -> property("holdfast:epss", String.valueOf(epss)));
        });
    }

    private void rating(Finding finding) {
        if (!finding.severityFrom().isEmpty()) {
            json.object("source", () -> json.text("name", finding.severityFrom()));
        }
        finding.score().ifPresent(score -> json.number("score", score));
        json.text("severity", severity(finding.severity()));
    }

    /** CycloneDX has no "negligible". */
    private static String severity(Severity severity) {
        return severity == Severity.NEGLIGIBLE ? "info" : severity.word();
    }
}
