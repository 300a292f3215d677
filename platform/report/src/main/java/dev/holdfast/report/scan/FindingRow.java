package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.oci.Layer;
import dev.holdfast.scan.ScanReport;
import java.util.Locale;

/**
 * A finding as the words of a table's row, the same in every table we write. Nothing is escaped yet.
 *
 * @param packageName empty when it is about no package
 * @param fix the version without the flaw, else the status
 * @param epss a percentage; empty when unknown
 * @param place the first place
 * @param instruction the build instruction that brought it there; empty when unknown
 */
record FindingRow(
        String severity,
        String id,
        String packageName,
        String version,
        String fix,
        String epss,
        boolean isExploited,
        String place,
        String instruction) {

    static FindingRow of(Finding finding, ScanReport report) {
        Finding.Place first = finding.locations().isEmpty()
                ? new Finding.Place("", -1, 0)
                : finding.locations().getFirst();
        String instruction = "";
        for (Layer layer : report.contents().layers()) {
            instruction = layer.index() == first.layer() ? layer.createdBy() : instruction;
        }
        return new FindingRow(
                finding.severity().word(),
                finding.id(),
                finding.component()
                        .map(purl -> purl.namespace().isEmpty() || purl.type().equals("deb")
                                ? purl.name()
                                : purl.namespace() + (purl.type().equals("maven") ? ":" : "/") + purl.name())
                        .orElse(""),
                finding.component().map(purl -> purl.version()).orElse(""),
                finding.fixedIn().orElse(finding.status()),
                finding.epss()
                        .map(value -> String.format(Locale.ROOT, "%.1f %%", value * 100))
                        .orElse(""),
                finding.isExploited(),
                first.path(),
                instruction);
    }
}
