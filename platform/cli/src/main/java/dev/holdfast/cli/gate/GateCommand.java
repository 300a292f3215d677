package dev.holdfast.cli.gate;

import dev.holdfast.check.Checker;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenExemptions;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.report.gate.GateResults;
import dev.holdfast.report.gate.JsonGate;
import dev.holdfast.report.gate.TerminalGate;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.secret.SecretsRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast gate TARGET|PATH…}: scan, check and policy in one run, one verdict. */
public final class GateCommand implements Command {
    @Override
    public String name() {
        return "gate";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast gate shop.tar deploy/ --fail-on high --policy policies/",
                        "",
                        "One verdict for a pipeline: images are scanned and checked, files and folders are checked, a folder with packages of a",
                        "project is scanned too. What was found is told by scan and check.");
        GivenTarget.addOptions(spec);
        AdvisoryFile.addOption(spec);
        GivenExemptions.addOptions(spec);
        GivenPolicies.addPolicies(spec);
        UserMemory.addOption(spec);
        return spec.addPositional(Options.words("TARGET", "What scan or check takes; several may follow one another."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(
                        Options.value("--fail-on", "LEVEL", "Fail when a finding is at or above LEVEL; default high."))
                .addOption(Options.flag("--no-secrets", "Do not look for secrets in images."))
                .addOption(Options.asOf());
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Severity failOn = Options.severity(words, "--fail-on").orElse(Checker.USUAL_THRESHOLD);
        ScanRequest.Builder request = ScanRequest.on(Options.asOf(words, console))
                .secrets(new SecretsRequest(!Options.isSet(words, "--no-secrets"), ""))
                .bases(UserBases.read(console))
                .exemptions(GivenExemptions.of(words))
                .failOn(failOn);
        try (Gate gate = new Gate(words, console, request.build(), failOn)) {
            List<GateResults.Target> targets = new ArrayList<>();
            for (String given : words.matchedPositionalValue(0, List.<String>of())) {
                targets.add(gate.judge(given));
            }
            GateResults results = new GateResults(Version.TEXT, targets);
            Output.of(words, console)
                    .jsonOrText(
                            format,
                            out -> JsonGate.write(results, out),
                            () -> TerminalGate.render(results, Options.ink(words, console)));
            return switch (results.outcome()) {
                case PASS -> ExitCode.PASS;
                case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
                case FAIL -> ExitCode.FAIL;
                case UNREADABLE -> gate.failure();
            };
        }
    }
}
