package dev.holdfast.cli;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Targets;
import dev.holdfast.report.JsonFix;
import dev.holdfast.report.TerminalFix;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.SecretsRequest;
import dev.holdfast.scan.fix.DockerfilePatch;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.FixPlanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast fix TARGET}. */
final class FixCommand implements Command {
    private static final long MOST_DOCKERFILE_BYTES = 4 << 20;

    @Override
    public String name() {
        return "fix";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast fix shop.tar --dockerfile Dockerfile | patch -p0",
                        "",
                        "Tells the smallest set of changes that removes the most findings, with the commands that make them, and what stays.",
                        "With --dockerfile it prints the change to that Dockerfile as a patch instead.");
        ImageSources.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, root file system or bill of materials."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json, patch (with --dockerfile)."))
                .addOption(Options.value("--dockerfile", "FILE", "The Dockerfile that the image is built from."))
                .addOption(Options.value("--severity", "LEVEL", "Plan only for findings at or above LEVEL."))
                .addOption(Options.value("--db", "FILE", "Advisory base to use."))
                .addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."))
                .addOption(Options.value(
                        "--as-of", "DATE", "Day for which ages and ends of support count; default today."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> dockerfile = Options.text(words, "--dockerfile");
        String format = Options.format(words, dockerfile.isPresent() ? "patch" : "text", "text", "json", "patch");
        if (format.equals("patch") && dockerfile.isEmpty()) {
            throw Options.usage("--format patch needs --dockerfile FILE");
        }
        String given = words.matchedPositionalValue(0, "");
        ScanRequest request = new ScanRequest(
                Options.asOf(words, console),
                Options.severity(words, "--severity").orElse(Severity.UNKNOWN),
                false,
                Optional.empty(),
                SecretsRequest.NOT_WANTED,
                UserBases.read(console));
        try (AdvisoryBase base = BaseFile.open(words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Scanner scanner = new Scanner(base, Limits.DEFAULT);
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                write(FixPlanner.plan(scanner.scan(bill.get(), request, given)), "", format, words, console);
                return ExitCode.PASS;
            }
            List<Target> opened = Targets.open(target.request(), Limits.DEFAULT);
            try {
                for (Target one : opened) {
                    FixPlan plan = FixPlanner.plan(scanner.scan(one, request));
                    write(plan, one.configuration().user(), format, words, console);
                }
            } finally {
                for (Target one : opened) {
                    one.close();
                }
            }
        }
        return ExitCode.PASS;
    }

    private static void write(FixPlan plan, String user, String format, ParseResult words, Console console)
            throws InputException, IOException {
        String text = switch (format) {
            case "patch" -> patch(Options.text(words, "--dockerfile").orElseThrow(), plan, user);
            case "json" -> "";
            default -> TerminalFix.render(plan, Options.ink(words, console));
        };
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonFix.write(plan, Version.TEXT, out);
            } else {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static String patch(String name, FixPlan plan, String user) throws InputException, IOException {
        Path file = Path.of(name);
        if (Files.size(file) > MOST_DOCKERFILE_BYTES) {
            throw new InputException(InputException.Code.LIMIT, name + ": too large to be a Dockerfile");
        }
        return DockerfilePatch.of(name, Files.readString(file), plan, user);
    }
}
