package dev.holdfast.report;

import dev.holdfast.advisory.Source;
import dev.holdfast.core.Digest;
import dev.holdfast.scan.ScanReport;
import java.time.LocalDate;
import java.util.List;

/**
 * The reports of one run, ready to be rendered.
 *
 * @param version this program's version
 * @param asOf the day the answers are for
 * @param database digest of the advisory base
 * @param sources its layers
 * @param reports one for each target that could be read, in the order given
 * @param failures one for each that could not
 */
public record ScanResults(
        String version,
        LocalDate asOf,
        Digest database,
        List<Source> sources,
        List<ScanReport> reports,
        List<Failure> failures) {
    public ScanResults {
        sources = List.copyOf(sources);
        reports = List.copyOf(reports);
        failures = List.copyOf(failures);
    }

    /**
     * A target without an answer.
     *
     * @param given as the user named it
     * @param code what kind of failure, a stable word
     * @param message one line
     */
    public record Failure(String given, String code, String message) {}
}
