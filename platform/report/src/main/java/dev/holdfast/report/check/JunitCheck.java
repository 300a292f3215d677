package dev.holdfast.report.check;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.core.Gap;
import dev.holdfast.report.form.JunitDocument;
import dev.holdfast.report.form.JunitDocument.Case;
import dev.holdfast.report.form.JunitDocument.Outcome;
import dev.holdfast.report.form.JunitDocument.Suite;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes checks as JUnit XML: a suite a target, a failed case a weakness that is there, a passed case one that is not, a skipped case what
 * could not be seen or assessed or was set aside, an error a check that broke off.
 */
public final class JunitCheck {
    private JunitCheck() {}

    public static void write(CheckResults results, OutputStream out) throws IOException {
        JunitDocument.write(
                "holdfast check",
                results.reports().stream().map(JunitCheck::suite).toList(),
                out);
    }

    private static Suite suite(CheckReport report) {
        List<Case> cases = new ArrayList<>();
        for (Result result : report.results()) {
            if (result.status() != Status.NOT_APPLICABLE) {
                cases.add(told(result));
            }
        }
        for (Exceptions.Excepted one : report.excepted()) {
            cases.add(Case.skipped(
                    where(one.finding()),
                    name(one.finding()),
                    "set aside: " + one.by().told()));
        }
        for (Gap gap : report.gaps()) {
            cases.add(Case.skipped(gap.subject(), gap.code().word(), gap.detail()));
        }
        return new Suite(report.given(), cases);
    }

    private static Case told(Result result) {
        String where = where(result);
        String name = name(result);
        return switch (result.status()) {
            case FAIL ->
                new Case(
                        where, name, Outcome.FAILURE, result.severity().word(), result.message() + "\n" + result.fix());
            case ERROR -> new Case(where, name, Outcome.ERROR, result.message(), "");
            case NOT_ASSESSED -> Case.skipped(where, name, result.message());
            case PASS, NOT_APPLICABLE -> Case.passed(where, name);
        };
    }

    private static String where(Result result) {
        return result.path() + ":" + result.place().line();
    }

    private static String name(Result result) {
        return result.rule() + " " + result.subject();
    }
}
