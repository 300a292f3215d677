package dev.holdfast.cli.posture;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.Checker;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.cli.given.GivenExceptions;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.report.check.CheckResults;
import dev.holdfast.report.check.JsonCheck;
import dev.holdfast.report.check.JunitCheck;
import dev.holdfast.report.check.SarifCheck;
import dev.holdfast.report.check.TerminalCheck;
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
                        "The root folder of a host (host:/, or a copy of one) is judged by its daemon, node and control plane files.",
                        "cluster:, or cluster:CONTEXT, is a running cluster: its objects are listed, and nothing is changed.");
        GivenPolicies.addOptions(spec);
        return spec.addPositional(Options.optionalWords("PATH", "What to check; several may follow one another."))
                .addOption(Options.flag(
                        "--cluster", "Check the current cluster of the kubeconfig, as the PATH cluster: does."))
                .addOption(GivenCluster.option())
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
        List<String> targets = targets(words);
        Exceptions exceptions = GivenExceptions.of(words, console.today().get());
        Checker checker = new Checker(Limits.DEFAULT, ShownImages.of(words, targets), exceptions);
        CheckOutcome outcome = new CheckOutcome(
                words, console, checker, podSecurity(words), PolicyCheck.of(words, console), values(words));
        for (String given : targets) {
            outcome.check(given);
        }
        outcome.tellOfUnusedValues();
        GivenExceptions.about(exceptions).ifPresent(outcome::note);
        CheckResults results = outcome.results();
        boolean isOnlyDiff = Options.isSet(words, "--diff") && !Options.isSet(words, "--fix");
        Output.of(words, console).write(out -> {
            if (format.equals("table")) {
                out.write(outcome.changes().getBytes(StandardCharsets.UTF_8));
            }
            if (!isOnlyDiff) {
                render(results, format, words, console, out);
            }
        });
        return outcome.exitCode();
    }

    private static List<String> targets(ParseResult words) throws InputException {
        List<String> targets = new ArrayList<>(words.matchedPositionalValue(0, List.<String>of()));
        if (Options.isSet(words, "--cluster")) {
            targets.add(GivenCluster.PREFIX);
        }
        if (targets.isEmpty()) {
            throw Options.usage("nothing to check: a PATH is missing, or --cluster");
        }
        return targets;
    }

    private static GivenValues values(ParseResult words) throws InputException, IOException {
        List<Path> files = new ArrayList<>();
        for (String file : Options.texts(words, "--values")) {
            files.add(GivenPath.of(file));
        }
        return GivenValues.read(files, Options.texts(words, "--set"), Limits.DEFAULT);
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
}
