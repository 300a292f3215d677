package dev.holdfast.cli.posture;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.Verdict;
import dev.holdfast.check.cluster.RunningCluster;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.policy.Judged;
import dev.holdfast.policy.PolicyJudge;
import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.ResourceFiles;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.policy.typing.TypeChecker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Puts what policies say about the Kubernetes objects of a target beside what the checks say. */
public final class PolicyCheck {
    private final PolicyJudge judge;

    private PolicyCheck(PolicyJudge judge) {
        this.judge = judge;
    }

    /** Empty when no policy is given. */
    public static Optional<PolicyCheck> of(ParseResult words, Console console) throws InputException, IOException {
        Optional<PolicySet> policies = GivenPolicies.of(words);
        policies.ifPresent(given -> warn(given, console));
        return policies.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicyCheck(new PolicyJudge(
                        policies.get(),
                        GivenPolicies.exceptions(words),
                        console.today().get())));
    }

    private static void warn(PolicySet policies, Console console) {
        for (ExpressionWarning warning : new TypeChecker(policies.objects()).check(policies)) {
            String first = warning.warning().lines().findFirst().orElse("");
            console.err()
                    .println("holdfast: "
                            + SafeText.of(warning.place() + ": warning: " + warning.policy() + " " + warning.field()
                                    + ": " + first));
        }
    }

    public CheckReport beside(CheckReport report, CheckRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps(); // the checks name what cannot be read
        ResourceFiles files = new ResourceFiles(Limits.DEFAULT, gaps);
        switch (request.input()) {
            case CheckRequest.Input.Place place -> files.read(place.path());
            case CheckRequest.Input.Text text -> files.read(new SourceFile(text.name(), text.text(), true));
            case CheckRequest.Input.Cluster(RunningCluster cluster) ->
                cluster.read(Limits.DEFAULT, gaps).forEach(files::read);
            case CheckRequest.Input.Host _ -> {
                return report;
            }
        }
        PolicyReport judged = judge.judge(files.resources(), new Gaps());
        List<Result> results = new ArrayList<>(report.results());
        for (Judged one : judged.judged()) {
            results.add(result(one));
        }
        results.sort(null);
        return new CheckReport(
                report.given(),
                report.kind(),
                report.judged(),
                report.foreign(),
                report.charts(),
                results,
                report.gaps(),
                report.excepted(),
                verdict(report.verdict(), judged, request));
    }

    private static Result result(Judged one) {
        boolean isWarning =
                one.ruling().binding().actions().contains(dev.holdfast.policy.definition.Binding.Action.WARN);
        Severity severity = one.ruling().denies() ? Severity.HIGH : isWarning ? Severity.MEDIUM : Severity.LOW;
        return new Result(
                "policy/" + one.ruling().policy().name(),
                status(one),
                severity,
                "the binding " + one.ruling().binding().name() + " says what happens",
                one.subject(),
                one.resource().path(),
                new Place(one.resource().line(), 1, one.resource().line(), 1),
                one.exemption()
                        .map(exemption -> "set aside (" + exemption.place() + "): " + exemption.reason())
                        .orElse(one.ruling().message()),
                "",
                Optional.empty());
    }

    private static Status status(Judged one) {
        if (one.exemption().isPresent()) {
            return Status.NOT_APPLICABLE;
        }
        return switch (one.ruling().outcome()) {
            case PASS -> Status.PASS;
            case FAIL -> Status.FAIL;
            case ERROR -> Status.ERROR;
        };
    }

    private static Verdict verdict(Verdict ofChecks, PolicyReport judged, CheckRequest request) {
        boolean isOverThreshold = Severity.HIGH.atLeast(request.failOn().orElse(Checker.USUAL_THRESHOLD));
        if (judged.denied() > 0 && isOverThreshold) {
            return new Verdict(Verdict.Outcome.FAIL, judged.sentence() + "; checks: " + ofChecks.sentence());
        }
        boolean isUnsure = judged.count(Outcome.ERROR) > 0 && ofChecks.outcome() == Verdict.Outcome.PASS;
        return isUnsure ? new Verdict(Verdict.Outcome.COULD_NOT_TELL, judged.sentence()) : ofChecks;
    }
}
