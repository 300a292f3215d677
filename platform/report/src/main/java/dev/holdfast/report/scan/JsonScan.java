package dev.holdfast.report.scan;

import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.Staleness;
import dev.holdfast.core.Evidence;
import dev.holdfast.core.Finding;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Platform;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.report.form.DocumentParts;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.question.Support;
import dev.holdfast.scan.question.Unmatched;
import dev.holdfast.scan.ruling.Notice;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.SetAside;
import dev.holdfast.scan.secret.SecretsLook;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Writes scan reports as one JSON object of schema {@code holdfast-scan/1}; the schema is in {@code docs/schema}. */
public final class JsonScan {
    private final ScanResults results;
    private final JsonWriter json;

    private JsonScan(ScanResults results, JsonWriter json) {
        this.results = results;
        this.json = json;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(ScanResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonScan(results, json).document();
        }
    }

    private void document() {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-scan/1", results.version());
            json.object("database", this::database);
            json.text("asOf", results.basis().asOf().toString());
            json.array("targets", () -> results.reports().forEach(report -> json.object(() -> target(report))));
            if (!results.failures().isEmpty()) {
                json.array("failures", () -> results.failures().forEach(this::failure));
            }
        });
    }

    private void database() {
        json.text("digest", results.basis().database().toString());
        json.array("sources", () -> results.basis().sources().forEach(source -> json.object(() -> source(source))));
    }

    private void source(Source source) {
        json.text("name", source.name());
        json.text("date", source.date());
        json.text("licence", source.licence());
        Staleness.ageDays(source, results.basis().asOf()).ifPresent(days -> json.number("ageDays", days));
    }

    private void failure(Unanswered failure) {
        json.object(() -> {
            json.text("given", failure.given());
            json.text("code", failure.code());
            json.text("message", failure.message());
        });
    }

    private void target(ScanReport report) {
        json.object("target", () -> {
            description(report.target());
            report.contents()
                    .base()
                    .ifPresent(base -> json.object(
                            "base",
                            () -> json.text("name", base.name())
                                    .number("layers", base.layers().size())));
        });
        report.contents().support().ifPresent(support -> json.object("distribution", () -> distribution(support)));
        json.array("layers", () -> report.contents().layers().forEach(layer -> json.object(() -> layer(layer))));
        json.array(
                "packages",
                () -> report.contents()
                        .components()
                        .forEach(component -> json.object(() -> component(report, component))));
        if (!report.unmatched().isEmpty()) {
            json.array("unmatched", () -> report.unmatched().forEach(each -> json.object(() -> unmatched(each))));
        }
        json.array("findings", () -> report.findings().forEach(finding -> json.object(() -> finding(report, finding))));
        if (!report.exempted().findings().isEmpty()) {
            json.array(
                    "suppressed",
                    () -> report.exempted().findings().forEach(each -> json.object(() -> suppressed(report, each))));
        }
        report.secrets().ifPresent(look -> json.object("secrets", () -> secrets(look)));
        report.reach()
                .ifPresent(look -> json.object("reach", () -> {
                    json.texts("applications", look.applications());
                    json.texts("copies", look.copies());
                }));
        DocumentParts.gaps(json, report.gaps());
        if (!report.exempted().notices().isEmpty()) {
            json.array("notices", () -> report.exempted().notices().forEach(this::notice));
        }
        DocumentParts.verdict(
                json, report.verdict().outcome().word(), report.verdict().sentence());
    }

    private void unmatched(Unmatched unmatched) {
        json.text("code", unmatched.code().word());
        optional("subject", nonEmpty(unmatched.subject()));
        json.number("packages", unmatched.packages());
    }

    private void description(TargetDescription target) {
        json.text("given", target.given());
        json.text("kind", target.kind().word());
        optional("digest", target.digest().map(Object::toString));
        optional("platform", target.platform().map(Platform::toString));
        json.texts("tags", target.tags());
    }

    private void distribution(Support support) {
        json.text("id", support.distribution().id());
        optional("version", nonEmpty(support.distribution().version()));
        json.text("name", support.distribution().name());
        optional("endOfLife", support.endOfSupport());
        if (support.state() != Support.State.UNKNOWN) {
            json.flag("supported", !support.hasEnded());
        }
    }

    private void layer(Layer layer) {
        optional("digest", layer.diffId().map(Object::toString));
        optional("createdBy", nonEmpty(layer.createdBy()));
    }

    private void component(ScanReport report, Component component) {
        PackageRecord record = component.record();
        json.text("purl", component.purl().toString());
        json.text("type", record.type().word());
        json.text("name", record.name());
        optional("version", nonEmpty(record.version()));
        optional("arch", record.architecture());
        record.source()
                .ifPresent(source -> json.object("source", () -> {
                    json.text("name", source.name());
                    optional("version", nonEmpty(source.version()));
                }));
        json.text("state", component.state().word());
        optional("ownedBy", component.ownedBy());
        optional("licence", record.detail(PackageRecord.Detail.SPDX));
        json.text("confidence", record.confidence().word());
        json.array(
                "locations",
                () -> component
                        .locations()
                        .forEach(location -> json.object(() -> {
                            json.text("path", location.path());
                            optional("layer", layerName(report.contents().layers(), location.layer()));
                            line(location.line());
                            optional("evidence", nonEmpty(location.evidence()));
                        })));
        component
                .removedIn()
                .ifPresent(index ->
                        optional("removedIn", layerName(report.contents().layers(), index)));
    }

    private void finding(ScanReport report, Finding finding) {
        finding(report, finding, finding.status());
    }

    private void finding(ScanReport report, Finding finding, String status) {
        json.text("id", finding.id());
        json.text("kind", finding.kind().word());
        json.texts("aliases", finding.aliases());
        optional("package", finding.component().map(Object::toString));
        json.text("severity", finding.severity().word());
        optional("severityFrom", nonEmpty(finding.severityFrom()));
        finding.score().ifPresent(score -> json.number("score", score));
        finding.epss().ifPresent(epss -> json.number("epss", epss));
        json.flag("kev", finding.isExploited());
        optional("kevSince", finding.exploitedSince());
        json.text("status", status);
        optional("fixedIn", finding.fixedIn());
        json.text("title", finding.title());
        report.contents().base().ifPresent(_ -> json.text("origin", report.isFromBase(finding) ? "base" : "own"));
        if (report.hasOwners()) {
            json.texts("owners", report.ownersOf(finding));
        }
        json.array(
                "locations",
                () -> finding.locations()
                        .forEach(place -> json.object(() -> {
                            json.text("path", place.path());
                            optional("layer", layerName(report.contents().layers(), place.layer()));
                            line(place.line());
                        })));
        optional("fix", nonEmpty(finding.fix()));
        json.array("evidence", () -> finding.evidence().forEach(this::evidence));
        finding.reach()
                .ifPresent(reach -> json.object("reach", () -> {
                    json.text("status", reach.status().word());
                    json.text("why", reach.why());
                    if (!reach.chain().isEmpty()) {
                        json.texts("chain", reach.chain());
                    }
                }));
    }

    /** A finding that does not count, its status being the decision about it. */
    private void suppressed(ScanReport report, SetAside each) {
        finding(report, each.finding(), each.ruling().sentence());
        Ruling ruling = each.ruling();
        json.object("exception", () -> {
            json.text("kind", ruling.kind().word());
            json.text("status", ruling.status());
            optional("reason", nonEmpty(ruling.reason()));
            optional("justification", nonEmpty(ruling.justification()));
            optional("by", nonEmpty(ruling.by()));
            optional("expires", ruling.expires().map(Object::toString));
            json.text("place", ruling.place());
        });
    }

    private void notice(Notice notice) {
        json.object(() -> {
            json.text("code", notice.code().word());
            json.text("place", notice.place());
            json.text("message", notice.message());
            optional("edit", nonEmpty(notice.edit()));
        });
    }

    private void evidence(Evidence evidence) {
        json.object(() -> {
            json.text("step", evidence.step().word());
            json.text("claim", evidence.claim());
            optional("source", nonEmpty(evidence.source()));
        });
    }

    /** What was looked for, and what was passed over as published. */
    private void secrets(SecretsLook look) {
        json.number("kinds", look.kinds());
        json.array(
                "samples",
                () -> look.samples()
                        .forEach(sample -> json.object(() -> {
                            json.text("id", sample.kind());
                            json.text("path", sample.path());
                            line(sample.line());
                            json.text("publishedBy", sample.proof());
                        })));
    }

    private void line(int line) {
        if (line > 0) {
            json.number("line", line);
        }
    }

    /** The layer's digest, which names it wherever it is; a root file system has none. */
    private static Optional<String> layerName(List<Layer> layers, int index) {
        return index >= 0 && index < layers.size()
                ? layers.get(index).diffId().map(Object::toString)
                : Optional.empty();
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void optional(String name, Optional<String> value) {
        value.ifPresent(present -> json.text(name, present));
    }
}
