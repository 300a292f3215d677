package dev.holdfast.cli.given;

import dev.holdfast.advisory.vex.VexDocument;
import dev.holdfast.advisory.vex.VexReader;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.exemption.IgnoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The exemptions that the words of a command name: VEX documents, and an ignore file, or the one that lies in the working directory. */
public final class GivenExemptions {
    private GivenExemptions() {}

    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values(
                        "--vex", "FILE", "VEX document (OpenVEX, CSAF, CycloneDX) whose statements count."))
                .addOption(Options.value(
                        "--ignore-file",
                        "FILE",
                        "Exceptions with reason, owner, expiry and scope; default " + IgnoreFile.NAME
                                + ", if there is one."));
    }

    public static Exemptions of(ParseResult words) throws InputException, IOException {
        List<Exemption> rules = rules(Options.text(words, "--ignore-file"));
        List<String> files = Options.texts(words, "--vex");
        if (rules.isEmpty() && files.isEmpty()) {
            return Exemptions.NONE;
        }
        List<VexDocument> documents = new ArrayList<>();
        for (String file : files) {
            documents.add(new VexReader(Limits.DEFAULT).read(Path.of(file)));
        }
        return new Exemptions(rules, documents);
    }

    private static List<Exemption> rules(Optional<String> named) throws InputException, IOException {
        if (named.isPresent()) {
            return IgnoreFile.read(Path.of(named.get()), Limits.DEFAULT);
        }
        Path usual = Path.of(IgnoreFile.NAME);
        return Files.isRegularFile(usual) ? IgnoreFile.read(usual, Limits.DEFAULT) : List.of();
    }
}
