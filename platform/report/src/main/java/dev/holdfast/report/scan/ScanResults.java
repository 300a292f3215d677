package dev.holdfast.report.scan;

import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.Basis;
import dev.holdfast.scan.ScanReport;
import java.util.List;

/**
 * The reports of one run, ready to be rendered.
 *
 * @param version this program's version
 * @param basis what all of them are based on
 * @param reports one for each target that could be read, in the order given
 * @param failures one for each that could not
 */
public record ScanResults(String version, Basis basis, List<ScanReport> reports, List<Unanswered> failures) {
    public ScanResults {
        reports = List.copyOf(reports);
        failures = List.copyOf(failures);
    }
}
