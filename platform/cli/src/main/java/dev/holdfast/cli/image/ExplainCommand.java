package dev.holdfast.cli.image;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenExemptions;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Target;
import dev.holdfast.report.explain.JsonExplanation;
import dev.holdfast.report.explain.TerminalExplanation;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.explain.ExplainRequest;
import dev.holdfast.scan.explain.Explanation;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast explain TARGET ID [PACKAGE]}. */
final class ExplainCommand implements Command {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast explain nginx.tar CVE-2021-44228",
                        "",
                        "Tells why an identifier is reported for a target, or why it is not, down to file, record and comparison.");
        GivenTarget.addOptions(spec);
        AdvisoryFile.addOption(spec);
        SecretsKey.addOption(spec);
        UserMemory.addOption(spec);
        GivenExemptions.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, root file system or bill of materials."))
                .addPositional(
                        Options.word(1, "ID", "A CVE, GHSA or any other advisory identifier, or a kind of secret."))
                .addPositional(
                        Options.optionalWord(2, "PACKAGE", "Only for this package, or for secrets below this path."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."))
                .addOption(Options.asOf());
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        String given = words.matchedPositionalValue(0, "");
        ExplainRequest request = new ExplainRequest(
                words.<String>matchedPositionalValue(1, "").strip(),
                Optional.of(words.<String>matchedPositionalValue(2, "")).filter(name -> !name.isEmpty()),
                SecretsKey.of(words),
                Options.asOf(words, console),
                GivenExemptions.of(words));
        Memory memory = UserMemory.of(words, console);
        try (AdvisoryBase base = AdvisoryFile.open(words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                write(new Scanner(base, Limits.DEFAULT).explain(bill.get(), request, given), format, words, console);
                return ExitCode.PASS;
            }
            try (OpenTargets opened = target.open(memory)) {
                for (Target one : opened.all()) {
                    write(new Scanner(base, Limits.DEFAULT).explain(one, request), format, words, console);
                }
            }
        }
        return ExitCode.PASS;
    }

    private static void write(Explanation explanation, String format, ParseResult words, Console console)
            throws IOException {
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonExplanation.write(explanation, Version.TEXT, out),
                        () -> TerminalExplanation.render(explanation, Options.ink(words, console)));
    }
}
