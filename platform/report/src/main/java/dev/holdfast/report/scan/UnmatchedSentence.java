package dev.holdfast.report.scan;

import dev.holdfast.core.Gap;
import dev.holdfast.report.form.Columns;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.question.Unmatched;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many packages an answer is not about, for no advisory could be compared with them, and why. */
final class UnmatchedSentence {
    /** So many reasons are told; the gaps tell all. */
    private static final int SHOWN = 3;

    private UnmatchedSentence() {}

    /** The whole sentence about packages of which nothing is reported. */
    static String withoutFindings(ScanReport report) {
        long packages = report.packages();
        long unmatched = count(report);
        if (unmatched == 0) {
            return "No findings in " + Columns.count(packages, "package") + ".";
        }
        if (unmatched == packages) {
            String none = packages == 1
                    ? "The only package could not be matched: "
                    : "None of " + Columns.count(packages, "package") + " could be matched: ";
            return none + reasons(report) + ".";
        }
        return "No findings in " + number(packages - unmatched) + " of " + Columns.count(packages, "package") + "; "
                + number(unmatched) + " could not be matched: " + reasons(report) + ".";
    }

    /** What follows the sentence about findings; empty when all packages were matched. */
    static String besideFindings(ScanReport report) {
        long unmatched = count(report);
        return unmatched == 0
                ? ""
                : " " + Columns.count(unmatched, "package") + " could not be matched: " + reasons(report) + ".";
    }

    private static long count(ScanReport report) {
        return report.unmatched().stream().mapToLong(Unmatched::packages).sum();
    }

    private static String number(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }

    /** The reasons, most packages first; with their numbers when there are several. */
    private static String reasons(ScanReport report) {
        Map<String, Integer> byReason = new LinkedHashMap<>();
        report.unmatched().forEach(each -> byReason.merge(reason(each), each.packages(), Integer::sum));
        if (byReason.size() == 1) {
            return byReason.keySet().iterator().next();
        }
        List<Map.Entry<String, Integer>> sorted = byReason.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue)
                        .reversed())
                .toList();
        String text = sorted.stream()
                .limit(SHOWN)
                .map(each -> each.getKey() + " (" + number(each.getValue()) + ")")
                .collect(Collectors.joining(", "));
        int others = sorted.stream().skip(SHOWN).mapToInt(Map.Entry::getValue).sum();
        return others == 0 ? text : text + ", other reasons (" + number(others) + ")";
    }

    private static String reason(Unmatched unmatched) {
        if (unmatched.code() == Gap.Code.UNKNOWN_DISTRIBUTION) {
            return "no distribution is named";
        }
        if (unmatched.code() == Gap.Code.UNKNOWN_VERSION) {
            return "no version";
        }
        return unmatched.code() == Gap.Code.UNCOMPARABLE_VERSION
                ? "a version that does not compare"
                : "no advisories for " + unmatched.subject();
    }
}
