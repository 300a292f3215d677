package dev.holdfast.report.check;

import dev.holdfast.check.CheckReport;
import dev.holdfast.report.form.Unanswered;
import java.util.List;

/**
 * What one run of the checks answered.
 *
 * @param version of the program
 * @param reports one a target that could be read, in the order given
 * @param failures the targets that could not be
 */
public record CheckResults(String version, List<CheckReport> reports, List<Unanswered> failures) {
    public CheckResults {
        reports = List.copyOf(reports);
        failures = List.copyOf(failures);
    }
}
