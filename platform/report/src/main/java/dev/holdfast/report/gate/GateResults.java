package dev.holdfast.report.gate;

import dev.holdfast.check.CheckReport;
import dev.holdfast.scan.ScanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a gate looked at, and its one verdict.
 *
 * @param version of the program
 */
public record GateResults(String version, List<Target> targets) {
    public GateResults {
        targets = List.copyOf(targets);
    }

    /** How it came out. The order is that of weight. */
    public enum Outcome {
        PASS,
        COULD_NOT_TELL,
        FAIL,
        /** The target could not be read at all. */
        UNREADABLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One target.
     *
     * @param scans what was found inside of it; more than one when it holds several images
     * @param checks what was found in how it is built and run
     * @param failure why it could not be read; empty when it could
     */
    public record Target(String given, List<ScanReport> scans, List<CheckReport> checks, String failure) {
        public Target {
            scans = List.copyOf(scans);
            checks = List.copyOf(checks);
        }

        public Outcome outcome() {
            if (!failure.isEmpty()) {
                return Outcome.UNREADABLE;
            }
            Outcome worst = Outcome.PASS;
            for (ScanReport scan : scans) {
                worst = worse(worst, Outcome.valueOf(scan.verdict().outcome().name()));
            }
            for (CheckReport check : checks) {
                worst = worse(worst, Outcome.valueOf(check.verdict().outcome().name()));
            }
            return worst;
        }

        /** Why, for a person. */
        public String sentence() {
            if (!failure.isEmpty()) {
                return failure;
            }
            List<String> sentences = new ArrayList<>();
            scans.forEach(scan -> sentences.add("scan: " + scan.verdict().sentence()));
            checks.forEach(check -> sentences.add("check: " + check.verdict().sentence()));
            return String.join("; ", sentences);
        }
    }

    private static Outcome worse(Outcome one, Outcome other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The verdict on all targets: the worst one's. */
    public Outcome outcome() {
        return targets.stream().map(Target::outcome).reduce(Outcome.PASS, GateResults::worse);
    }

    /** The verdict in one sentence. */
    public String sentence() {
        Outcome outcome = outcome();
        List<String> names = targets.stream()
                .filter(target -> target.outcome() == outcome)
                .map(Target::given)
                .toList();
        String of = names.size() == 1 ? names.getFirst() : names.size() + " of " + targets.size() + " targets";
        return switch (outcome) {
            case PASS -> targets.size() == 1 ? of + " passes" : "all " + targets.size() + " targets pass";
            case COULD_NOT_TELL -> "nothing fails, and of " + of + " not everything could be seen";
            case FAIL -> of + (names.size() == 1 ? " fails" : " fail");
            case UNREADABLE -> of + " could not be read";
        };
    }
}
