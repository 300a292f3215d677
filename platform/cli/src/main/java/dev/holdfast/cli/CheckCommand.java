package dev.holdfast.cli;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Mended;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Rule;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.report.CheckResults;
import dev.holdfast.report.JsonCheck;
import dev.holdfast.report.JunitCheck;
import dev.holdfast.report.SarifCheck;
import dev.holdfast.report.TerminalCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast check PATH…}. */
final class CheckCommand implements Command {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast check deploy/ --fail-on high",
                        "",
                        "Tells what weakens the configurations in files and folders: where it stands, what it means, what to write instead,",
                        "and which files could not be judged.",
                        "A PATH is a file, or a folder that is walked; - reads standard input. What a file is, is found by looking.",
                        "The root folder of a host (host:/, or a copy of one) is judged by its daemon, node and control plane files.");
        GivenPolicies.addOptions(spec);
        return spec.addPositional(Options.words("PATH", "What to check; several may follow one another."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json, sarif, junit."))
                .addOption(Options.value("--severity", "LEVEL", "Show only findings at or above LEVEL."))
                .addOption(Options.value(
                        "--fail-on", "LEVEL", "Exit with 1 when a finding is at or above LEVEL; default high."))
                .addOption(Options.value(
                        "--pss",
                        "LEVEL[@VERSION]",
                        "Ask only whether the Pod Security Standards admit the pods: baseline@v1.32, restricted."))
                .addOption(
                        Options.values(
                                "--registry",
                                "NAME",
                                "Where images may come from: a registry, or a path in one; a star stands for part of a name. Images from elsewhere are findings."))
                .addOption(
                        Options.values(
                                "--images",
                                "[NAME=]PATH",
                                "An image that the manifests run: archive, layout, configuration, Dockerfile, or a folder of images."))
                .addOption(Options.values("--values", "FILE", "Values for Helm charts; later ones count more."))
                .addOption(
                        Options.values("--set", "KEY=VALUE", "A single value for Helm charts; counts more than files."))
                .addOption(Options.flag("--strict", "Ask the rules too on which sensible teams differ."))
                .addOption(Options.flag("--diff", "Print what --fix would change, as a patch, and write nothing."))
                .addOption(Options.flag("--fix", "Write what a program can mend into the files, and print the change."))
                .addOption(Options.flag("--all", "List every finding and gap in the table."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json", "sarif", "junit");
        if (Options.isSet(words, "--diff") && !format.equals("table")) {
            throw Options.usage("--diff prints a patch, so it goes without --format");
        }
        List<String> targets = words.matchedPositionalValue(0, List.<String>of());
        Exceptions exceptions = GivenExceptions.of(words, console.today().get());
        Checker checker = new Checker(Limits.DEFAULT, ShownImages.of(words, targets), exceptions);
        Run run = new Run(words, console, checker, podSecurity(words), PolicyCheck.of(words, console));
        for (String given : targets) {
            run.check(given);
        }
        GivenExceptions.about(exceptions).ifPresent(run.reports::add);
        CheckResults results = new CheckResults(Version.TEXT, run.reports, run.failures);
        boolean isOnlyDiff = Options.isSet(words, "--diff") && !Options.isSet(words, "--fix");
        Output.write(words, console, out -> {
            if (format.equals("table")) {
                out.write(run.changes.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (!isOnlyDiff) {
                render(results, format, words, console, out);
            }
        });
        return run.worst;
    }

    private static Optional<PodSecurity> podSecurity(ParseResult words) throws InputException {
        Optional<String> asked = Options.text(words, "--pss");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        int at = asked.get().indexOf('@');
        String level = at < 0 ? asked.get() : asked.get().substring(0, at);
        String version = at < 0 ? "latest" : asked.get().substring(at + 1);
        return Optional.of(new PodSecurity(
                PodSecurityLevel.ofWord(level)
                        .orElseThrow(() -> Options.usage("--pss " + asked.get() + ": no level \"" + level
                                + "\"; privileged, baseline and restricted are")),
                PodSecurityVersion.ofWord(version)
                        .filter(PodSecurityVersion::isKnown)
                        .orElseThrow(() -> Options.usage("--pss " + asked.get() + ": no version \"" + version
                                + "\" is known; latest and v1.0 to " + PodSecurityVersion.NEWEST + " are"))));
    }

    private static void render(
            CheckResults results, String format, ParseResult words, Console console, OutputStream out)
            throws IOException {
        switch (format) {
            case "json" -> JsonCheck.write(results, out);
            case "sarif" -> SarifCheck.write(results, out);
            case "junit" -> JunitCheck.write(results, out);
            default -> table(results, words, console, out);
        }
    }

    private static void table(CheckResults results, ParseResult words, Console console, OutputStream out)
            throws IOException {
        boolean isFirst = true;
        for (CheckReport report : results.reports()) {
            String view = TerminalCheck.render(report, Options.ink(words, console), Options.isSet(words, "--all"));
            out.write(((isFirst ? "" : "\n") + view).getBytes(StandardCharsets.UTF_8));
            isFirst = false;
        }
    }

    /** The answers about several targets: a bad one never hides the others'. */
    private static final class Run {
        private final ParseResult words;
        private final Console console;
        private final Checker checker;
        private final Optional<PodSecurity> podSecurity;
        private final Optional<PolicyCheck> policies;
        private final GivenValues values;
        private final boolean isMending;
        private final StringBuilder changes = new StringBuilder();
        private final List<CheckReport> reports = new ArrayList<>();
        private final List<CheckResults.Failure> failures = new ArrayList<>();
        private ExitCode worst = ExitCode.PASS;

        private Run(
                ParseResult words,
                Console console,
                Checker checker,
                Optional<PodSecurity> podSecurity,
                Optional<PolicyCheck> policies) {
            this.words = words;
            this.console = console;
            this.checker = checker;
            this.podSecurity = podSecurity;
            this.policies = policies;
            this.values = new GivenValues(
                    Options.texts(words, "--values").stream().map(Path::of).toList(), Options.texts(words, "--set"));
            this.isMending = Options.isSet(words, "--fix") || Options.isSet(words, "--diff");
        }

        private void check(String given) throws InputException {
            Severity atLeast = Options.severity(words, "--severity").orElse(Severity.UNKNOWN);
            Optional<Severity> failOn = Options.severity(words, "--fail-on");
            boolean isStrict = Options.isSet(words, "--strict");
            try {
                CheckRequest request = GivenConfiguration.of(given, console)
                        .atLeast(atLeast)
                        .profile(isStrict ? Rule.Profile.STRICT : Rule.Profile.DEFAULT)
                        .registries(new Registries(Options.texts(words, "--registry")));
                request = failOn.map(request::failOn).orElse(request);
                request = podSecurity.map(request::podSecurity).orElse(request).values(values);
                CheckReport report = checker.check(request);
                report = isMending ? mended(report, request) : report;
                add(policies.isPresent() ? policies.get().beside(report, request) : report);
            } catch (InputException wrong) {
                fail(given, wrong.code().word(), wrong.getMessage(), ExitCode.INPUT);
            } catch (IOException failed) {
                fail(given, "environment", Program.reason(failed), ExitCode.ENVIRONMENT);
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

        private void fail(String given, String code, String message, ExitCode exit) {
            String line = message.startsWith(given) ? message : given + ": " + message;
            console.err().println("holdfast: " + SafeText.of(line));
            failures.add(new CheckResults.Failure(given, code, line));
            worst = worst.or(exit);
        }
    }
}
