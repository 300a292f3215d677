package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.PolicyFiles;
import dev.holdfast.policy.PolicyJudge;
import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.PolicySet;
import dev.holdfast.policy.PolicyTest;
import dev.holdfast.policy.PolicyTestReader;
import dev.holdfast.policy.PolicyTester;
import dev.holdfast.policy.PolicyTester.TestResult;
import dev.holdfast.policy.Refusal;
import dev.holdfast.policy.ResourceFiles;
import dev.holdfast.report.JsonPolicy;
import dev.holdfast.report.PolicyResults;
import dev.holdfast.report.TerminalPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            Path path = GivenPolicies.path(given);
            List<PolicyTest> found = Files.isDirectory(path)
                    ? List.of()
                    : PolicyTestReader.read(PolicyFiles.text(path), given, Limits.DEFAULT);
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
        List<TestResult> tested = new ArrayList<>();
        for (PolicyTest test : tests) {
            tested.add(test(test, policies, refusals));
        }
        Optional<PolicyReport> judged =
                resources.isEmpty() ? Optional.empty() : Optional.of(judge(policies, resources, words, console));
        write(new PolicyResults(Version.TEXT, refusals, tested, judged), format, words, console);
        return exit(refusals, tested, judged);
    }

    private static TestResult test(PolicyTest test, PolicySet given, List<Refusal> refusals)
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
        return new PolicyTester(given.and(own), resources.resources()).test(test);
    }

    private static PolicyReport judge(PolicySet policies, List<String> paths, ParseResult words, Console console)
            throws InputException, IOException {
        Gaps gaps = new Gaps();
        ResourceFiles resources = new ResourceFiles(Limits.DEFAULT, gaps);
        for (String path : paths) {
            resources.read(GivenPolicies.path(path));
        }
        return new PolicyJudge(policies, GivenPolicies.exceptions(words), Options.asOf(words, console))
                .judge(resources.resources(), gaps);
    }

    private static void write(PolicyResults results, String format, ParseResult words, Console console)
            throws IOException {
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonPolicy.write(results, out);
            } else {
                out.write(TerminalPolicy.render(results, Options.ink(words, console), Options.isSet(words, "--all"))
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
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
