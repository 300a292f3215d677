package dev.holdfast.cli.posture;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Mended;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Rule;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Failure;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.cli.given.GivenConfiguration;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.report.check.CheckResults;
import dev.holdfast.report.form.Unanswered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The answers about several targets: a bad one never hides the others'. */
final class CheckOutcome {
    private final ParseResult words;
    private final Console console;
    private final Checker checker;
    private final Optional<PodSecurity> podSecurity;
    private final Optional<PolicyCheck> policies;
    private final GivenValues values;
    private final Path kubeConfig;
    private final boolean isMending;
    private final StringBuilder changes = new StringBuilder();
    private final List<CheckReport> reports = new ArrayList<>();
    private final List<Unanswered> failures = new ArrayList<>();
    private ExitCode worst = ExitCode.PASS;

    CheckOutcome(
            ParseResult words,
            Console console,
            Checker checker,
            Optional<PodSecurity> podSecurity,
            Optional<PolicyCheck> policies,
            GivenValues values)
            throws InputException {
        this.words = words;
        this.console = console;
        this.checker = checker;
        this.podSecurity = podSecurity;
        this.policies = policies;
        this.values = values;
        this.kubeConfig = GivenCluster.kubeConfig(words, console);
        this.isMending = Options.isSet(words, "--fix") || Options.isSet(words, "--diff");
    }

    void check(String given) throws InputException {
        Severity atLeast = Options.severity(words, "--severity").orElse(Severity.UNKNOWN);
        Optional<Severity> failOn = Options.severity(words, "--fail-on");
        boolean isStrict = Options.isSet(words, "--strict");
        try {
            CheckRequest request = GivenConfiguration.of(given, kubeConfig, console)
                    .atLeast(atLeast)
                    .profile(isStrict ? Rule.Profile.STRICT : Rule.Profile.DEFAULT)
                    .registries(new Registries(Options.texts(words, "--registry")));
            request = failOn.map(request::failOn).orElse(request);
            request = podSecurity.map(request::podSecurity).orElse(request).values(values);
            CheckReport report = checker.check(request);
            report = isMending ? mended(report, request) : report;
            add(policies.isPresent() ? policies.get().beside(report, request) : report);
        } catch (InputException wrong) {
            fail(Failure.of(given, wrong));
        } catch (IOException failed) {
            fail(Failure.of(given, failed));
        }
    }

    /** Adds what is to be said beside the targets; it decides nothing. */
    void note(CheckReport report) {
        reports.add(report);
    }

    /** Values that no chart took are a mistake: of the path, or of the place of the options. */
    void tellOfUnusedValues() {
        boolean hasChart = reports.stream().anyMatch(report -> report.charts() > 0);
        if (!values.isEmpty() && !hasChart && failures.isEmpty()) {
            fail(Failure.of("--values", Options.usage("--values and --set: no chart is among the targets")));
        }
    }

    /** Mends what can be; gives the report of what is left. */
    private CheckReport mended(CheckReport report, CheckRequest request) throws InputException, IOException {
        Mending mending = new Mending(request, checker);
        List<Mended> files = mending.of(report);
        files.forEach(file -> changes.append(file.diff()));
        if (!Options.isSet(words, "--fix") || files.isEmpty()) {
            return report;
        }
        if (!mending.canWrite()) {
            throw Options.usage("--fix writes to files, and this is none; --diff prints the change");
        }
        for (Mended file : files) {
            mending.write(file);
        }
        return checker.check(request);
    }

    private void add(CheckReport report) {
        reports.add(report);
        worst = worst.or(
                switch (report.verdict().outcome()) {
                    case PASS -> ExitCode.PASS;
                    case FAIL -> ExitCode.FAIL;
                    case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
                });
    }

    private void fail(Failure failure) {
        console.tell(failure.line());
        failures.add(new Unanswered(failure.given(), failure.code(), failure.line()));
        worst = worst.or(failure.exit());
    }

    /** The changes that were made or would be, as a patch. */
    String changes() {
        return changes.toString();
    }

    CheckResults results() {
        return new CheckResults(Version.TEXT, reports, failures);
    }

    ExitCode exitCode() {
        return worst;
    }
}
