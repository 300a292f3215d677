package dev.holdfast.cli;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Targets;
import dev.holdfast.report.JsonExplanation;
import dev.holdfast.report.TerminalExplanation;
import dev.holdfast.scan.ExplainRequest;
import dev.holdfast.scan.Explanation;
import dev.holdfast.scan.Scanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        ImageSources.addOptions(spec);
        UserMemory.addOption(spec);
        GivenExemptions.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, root file system or bill of materials."))
                .addPositional(
                        Options.word(1, "ID", "A CVE, GHSA or any other advisory identifier, or a kind of secret."))
                .addPositional(
                        Options.optionalWord(2, "PACKAGE", "Only for this package, or for secrets below this path."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."))
                .addOption(Options.value("--db", "FILE", "Advisory base to use."))
                .addOption(Options.value(
                        "--secrets-key",
                        "FILE",
                        "File with the key of the fingerprints of secrets; default the image."))
                .addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."))
                .addOption(Options.value(
                        "--as-of", "DATE", "Day for which ages and ends of support count; default today."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        String given = words.matchedPositionalValue(0, "");
        ExplainRequest request = new ExplainRequest(
                words.<String>matchedPositionalValue(1, "").strip(),
                Optional.of(words.<String>matchedPositionalValue(2, "")).filter(name -> !name.isEmpty()),
                Options.secretsKey(words),
                Options.asOf(words, console),
                GivenExemptions.of(words));
        Memory memory = UserMemory.of(words, console);
        try (AdvisoryBase base = BaseFile.open(words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                write(new Scanner(base, Limits.DEFAULT).explain(bill.get(), request, given), format, words, console);
                return ExitCode.PASS;
            }
            List<Target> opened = Targets.open(target.request(), Limits.DEFAULT, memory);
            try {
                for (Target one : opened) {
                    write(new Scanner(base, Limits.DEFAULT).explain(one, request), format, words, console);
                }
            } finally {
                for (Target one : opened) {
                    one.close();
                }
            }
        }
        return ExitCode.PASS;
    }

    private static void write(Explanation explanation, String format, ParseResult words, Console console)
            throws IOException {
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonExplanation.write(explanation, Version.TEXT, out);
            } else {
                String text = TerminalExplanation.render(explanation, Options.ink(words, console));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
