package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.PolicyJudge;
import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.definition.PolicyFiles;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.policy.request.Resource;
import dev.holdfast.policy.request.ResourceFiles;
import dev.holdfast.policy.request.TextFile;
import dev.holdfast.policy.trial.PolicyTest;
import dev.holdfast.policy.trial.PolicyTestReader;
import dev.holdfast.policy.trial.PolicyTester;
import dev.holdfast.policy.trial.PolicyTester.TestResult;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.policy.typing.TypeChecker;
import dev.holdfast.report.policy.JsonPolicy;
import dev.holdfast.report.policy.PolicyResults;
import dev.holdfast.report.policy.TerminalPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast policy test FILE…}. */
final class PolicyTestCommand implements Command {
    @Override
    public String name() {
        return "policy test";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast policy test policies/ --resources deploy/",
                        "",
                        "Asks ValidatingAdmissionPolicies about Kubernetes objects, without a cluster, in the words of the API server.",
                        "A FILE that holds a PolicyTest is a test: given objects and what is expected of the policies that it names.",
                        "Any other FILE holds policies, bindings and parameters; they are asked about --resources.");
        spec.addPositional(Options.words("FILE", "Tests, and files or folders of policies."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.values("--resources", "PATH", "Files or folders with the objects to judge."))
                .addOption(Options.flag("--all", "List everything in the table."))
                .addOption(Options.value("--as-of", "DATE", "Day on which exceptions hold or not; default today."));
        GivenPolicies.addExceptions(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        List<PolicyTest> tests = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String given : words.matchedPositionalValue(0, List.<String>of())) {
            Path path = GivenPath.of(given);
            List<PolicyTest> found = Files.isDirectory(path)
                    ? List.of()
                    : PolicyTestReader.read(TextFile.read(path), given, Limits.DEFAULT);
            tests.addAll(found);
            if (found.isEmpty()) {
                files.add(path);
            }
        }
        PolicySet policies = PolicyFiles.read(files, Limits.DEFAULT);
        List<String> resources = Options.texts(words, "--resources");
        if (resources.isEmpty() && tests.isEmpty() && policies.refusals().isEmpty()) {
            throw Options.usage("nothing to ask " + policies.policies().size()
                    + " policies about; give --resources PATH, or a file with a PolicyTest");
        }
        List<Refusal> refusals = new ArrayList<>(policies.refusals());
        List<ExpressionWarning> warnings = new ArrayList<>();
        List<TestResult> tested = new ArrayList<>();
        for (PolicyTest test : tests) {
            tested.add(test(test, policies, refusals, warnings));
        }
        Gaps gaps = new Gaps();
        List<Resource> objects = resources(resources, gaps);
        warnings.addAll(warnings(policies, objects));
        Optional<PolicyReport> judged = resources.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicyJudge(policies, GivenPolicies.exceptions(words), Options.asOf(words, console))
                        .judge(objects, gaps));
        write(new PolicyResults(Version.TEXT, refusals, warnings, tested, judged), format, words, console);
        return exit(refusals, tested, judged);
    }

    /** What the server would warn of; definitions of kinds may be among the objects. */
    private static List<ExpressionWarning> warnings(PolicySet policies, List<Resource> objects) {
        if (policies.policies().isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> all = new ArrayList<>(policies.objects());
        objects.forEach(object -> all.add(object.object()));
        return new TypeChecker(all).check(policies);
    }

    private static TestResult test(
            PolicyTest test, PolicySet given, List<Refusal> refusals, List<ExpressionWarning> warnings)
            throws InputException, IOException {
        Path folder = Optional.ofNullable(Path.of(test.file()).getParent()).orElse(Path.of(""));
        List<Path> beside = new ArrayList<>();
        for (String name : test.policies()) {
            beside.add(folder.resolve(name));
        }
        PolicySet own = PolicyFiles.read(beside, Limits.DEFAULT);
        refusals.addAll(own.refusals());
        ResourceFiles resources = new ResourceFiles(Limits.DEFAULT, new Gaps());
        for (String name : test.resources()) {
            resources.read(folder.resolve(name));
        }
        warnings.addAll(warnings(own, resources.resources()));
        return new PolicyTester(given.and(own), resources.resources()).test(test);
    }

    private static List<Resource> resources(List<String> paths, Gaps gaps) throws InputException, IOException {
        ResourceFiles resources = new ResourceFiles(Limits.DEFAULT, gaps);
        for (String path : paths) {
            resources.read(GivenPath.of(path));
        }
        return resources.resources();
    }

    private static void write(PolicyResults results, String format, ParseResult words, Console console)
            throws IOException {
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonPolicy.write(results, out),
                        () -> TerminalPolicy.render(
                                results, Options.ink(words, console), Options.isSet(words, "--all")));
    }

    private static ExitCode exit(List<Refusal> refusals, List<TestResult> tested, Optional<PolicyReport> judged) {
        if (!refusals.isEmpty()) {
            return ExitCode.INPUT;
        }
        boolean isFailure = tested.stream().anyMatch(test -> test.failures() > 0)
                || judged.map(PolicyReport::verdict)
                        .filter(PolicyReport.Verdict.FAIL::equals)
                        .isPresent();
        if (isFailure) {
            return ExitCode.FAIL;
        }
        boolean isUnsure = judged.map(PolicyReport::verdict)
                .filter(PolicyReport.Verdict.COULD_NOT_TELL::equals)
                .isPresent();
        return isUnsure ? ExitCode.COULD_NOT_TELL : ExitCode.PASS;
    }
}
