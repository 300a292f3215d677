package dev.holdfast.cli.image;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.given.GivenExemptions;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.memory.Memory;
import dev.holdfast.report.scan.ScanResults;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.routing.OwnersFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast scan TARGET…}. */
final class ScanCommand implements Command {
    @Override
    public String name() {
        return "scan";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast scan nginx.tar --fail-on high",
                        "",
                        "Tells what is inside an image, what of it is known to be vulnerable, which secrets lie in it, what to do about it, and",
                        "what could not be seen.",
                        "A TARGET is a docker-archive, an OCI layout (folder or tar), a root file system, a bill of materials (CycloneDX, SPDX,",
                        "Syft), or the name of an image:",
                        "Docker's or Podman's when they have it, else the registry's. archive:, layout:, rootfs:, sbom:, docker:, podman:,",
                        "container: or registry: in front forces it; - reads standard input.");
        GivenTarget.addOptions(spec);
        AdvisoryFile.addOption(spec);
        GivenExemptions.addOptions(spec);
        spec.addOption(Options.flag("--licences", "Tell under which licences the packages declare to stand."));
        spec.addOption(Options.value(
                "--licence-policy",
                "FILE",
                "Which licences are allowed, to be looked at, or denied; implies --licences."));
        spec.addOption(
                Options.values("--sarif", "FILE", "SARIF 2.1.0 log of a code scanner, whose results join the gate."));
        spec.addOption(Options.value(
                "--owners", "FILE", "Who owns which paths, as in CODEOWNERS: findings tell who is to deal with them."));
        SecretsKey.addOption(spec);
        UserMemory.addOption(spec);
        return spec.addPositional(Options.words("TARGET", "What to scan; several may follow one another."))
                .addOption(
                        Options.value(
                                "--format",
                                "FORMAT",
                                "table (default), json, sarif, cyclonedx, openvex, html, markdown, junit, gitlab, github, csv, template."))
                .addOption(Options.value("--template", "FILE", "Template for the format of that name."))
                .addOption(Options.value("--severity", "LEVEL", "Show only findings at or above LEVEL."))
                .addOption(Options.flag("--only-fixed", "Show only findings that a new version removes."))
                .addOption(Options.value("--fail-on", "LEVEL", "Exit with 1 when a finding is at or above LEVEL."))
                .addOption(Options.flag("--no-secrets", "Do not look for secrets."))
                .addOption(
                        Options.flag(
                                "--reach",
                                "Follow the code of Java applications: which vulnerable libraries they reach; --format openvex does."))
                .addOption(Options.flag("--packages", "List the packages in the table too."))
                .addOption(Options.flag("--all", "List every finding, change and gap in the table."))
                .addOption(Options.asOf());
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        ScanForm form = ScanForm.of(words);
        Json.prepare();
        List<String> targets = words.matchedPositionalValue(0, List.of());
        ScanRequest request = ScanWords.request(form, words, console);
        Memory memory = UserMemory.of(words, console);
        try (AdvisoryBase base = AdvisoryFile.open(words, console)) {
            Answers answers = Answers.of(words, console, memory, base.digest(), request);
            OwnersFile owners = ScanWords.owners(words);
            ScanOutcome outcome = new ScanOutcome(base, request, owners, memory, answers, words, console);
            Optional<Answers.Answer> known = outcome.scan(targets);
            if (known.isPresent()) {
                Output.of(words, console).write(out -> out.write(known.get().text()));
                return known.get().exit();
            }
            ScanResults results = outcome.results();
            if (!form.tellsOf(results)) {
                return outcome.exitCode();
            }
            Recording recording = new Recording(outcome.remembered().isPresent());
            Output.of(words, console).write(out -> form.write(results, words, console, recording.of(out)));
            outcome.remembered().ifPresent(about -> answers.keep(about, outcome.exitCode(), recording));
            memory.pruneAfterGrowth(UserMemory.mostFacts(console));
            return outcome.exitCode();
        }
    }
}
