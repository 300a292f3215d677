package dev.holdfast.report;

import dev.holdfast.check.CheckReport;
import java.util.List;

/**
 * What one run of the checks answered.
 *
 * @param version of the program
 * @param reports one a target that could be read, in the order given
 * @param failures the targets that could not be
 */
public record CheckResults(String version, List<CheckReport> reports, List<Failure> failures) {
    public CheckResults {
        reports = List.copyOf(reports);
        failures = List.copyOf(failures);
    }

    /** A target about which there is no answer. */
    public record Failure(String given, String code, String message) {}
}
