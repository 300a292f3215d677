package dev.holdfast.report.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.report.form.JunitDocument;
import dev.holdfast.report.form.JunitDocument.Case;
import dev.holdfast.report.form.JunitDocument.Outcome;
import dev.holdfast.report.form.JunitDocument.Suite;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.scan.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes reports as JUnit XML: a suite a target, a failed case a finding, a skipped case a gap, one case that passes when there is neither,
 * and an error for a target that could not be read.
 */
public final class JunitScan {
    private JunitScan() {}

    public static void write(ScanResults results, OutputStream out) throws IOException {
        List<Suite> suites = new ArrayList<>();
        results.reports().forEach(report -> suites.add(suite(report)));
        results.failures().forEach(failure -> suites.add(broken(failure)));
        JunitDocument.write("holdfast scan", suites, out);
    }

    private static Suite suite(ScanReport report) {
        String target = report.target().given();
        List<Case> cases = new ArrayList<>();
        for (Finding finding : report.findings()) {
            cases.add(failed(target, finding, FindingRow.of(finding, report)));
        }
        for (Gap gap : report.gaps()) {
            cases.add(Case.skipped(target, gap.code().word() + " " + gap.subject(), gap.detail()));
        }
        if (cases.isEmpty()) {
            cases.add(Case.passed(target, "no findings"));
        }
        return new Suite(target, cases);
    }

    private static Case failed(String target, Finding finding, FindingRow row) {
        String name = row.id() + " " + row.packageName() + " " + row.version();
        String text = finding.title() + "\n" + finding.fix() + "\n" + row.place();
        return new Case(target, name, Outcome.FAILURE, row.severity(), text);
    }

    private static Suite broken(Unanswered failure) {
        String target = failure.given();
        return new Suite(
                target, List.of(new Case(target, failure.code(), Outcome.ERROR, failure.code(), failure.message())));
    }
}
