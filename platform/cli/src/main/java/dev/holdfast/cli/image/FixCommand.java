package dev.holdfast.cli.image;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Place;
import dev.holdfast.oci.Target;
import dev.holdfast.report.fix.DockerfilePatch;
import dev.holdfast.report.fix.JsonFix;
import dev.holdfast.report.fix.TerminalFix;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.fix.DeclarationPatch;
import dev.holdfast.scan.fix.FixPlan;
import dev.holdfast.scan.fix.FixPlanner;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast fix TARGET}. */
final class FixCommand implements Command {
    private static final long MOST_TEXT_BYTES = 4 << 20;

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
                        "With --dockerfile it prints the change to that Dockerfile as a patch instead; for a folder of sources, --format"
                                + " patch prints the changes to the files in which libraries are declared.");
        GivenTarget.addOptions(spec);
        AdvisoryFile.addOption(spec);
        UserMemory.addOption(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, root file system or bill of materials."))
                .addOption(Options.value(
                        "--format", "FORMAT", "text (default), json, patch (with --dockerfile, or for a folder)."))
                .addOption(Options.value("--dockerfile", "FILE", "The Dockerfile that the image is built from."))
                .addOption(
                        Options.values(
                                "--onto",
                                "IMAGE",
                                "An image that could be the base instead; the base it has now must be known: holdfast base add."))
                .addOption(Options.value("--severity", "LEVEL", "Plan only for findings at or above LEVEL."))
                .addOption(Options.asOf());
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> dockerfile = Options.text(words, "--dockerfile");
        String format = Options.format(words, dockerfile.isPresent() ? "patch" : "text", "text", "json", "patch");
        String given = words.matchedPositionalValue(0, "");
        ScanRequest request = ScanRequest.on(Options.asOf(words, console))
                .atLeast(Options.severity(words, "--severity").orElse(Severity.UNKNOWN))
                .bases(UserBases.read(console))
                .build();
        Memory memory = UserMemory.of(words, console);
        try (AdvisoryBase base = AdvisoryFile.open(words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Scanner scanner = new Scanner(base, Limits.DEFAULT, memory);
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                FixPlan plan = FixPlanner.plan(scanner.scan(bill.get(), request, given));
                write(plan, "", format, Optional.empty(), words, console);
                return ExitCode.PASS;
            }
            List<ScanReport> bases = bases(words, console, scanner, request);
            try (OpenTargets opened = target.open(memory)) {
                for (Target one : opened.all()) {
                    FixPlan plan = FixPlanner.plan(scanner.scan(one, request), bases);
                    write(plan, one.configuration().user(), format, folder(target.place()), words, console);
                }
            }
        }
        return ExitCode.PASS;
    }

    /** Reports of the images that could be the base. */
    private static List<ScanReport> bases(ParseResult words, Console console, Scanner scanner, ScanRequest request)
            throws InputException, IOException {
        List<ScanReport> bases = new ArrayList<>();
        for (String given : words.matchedOptionValue("--onto", List.<String>of())) {
            try (GivenTarget target = GivenTarget.of(given, words, console);
                    OpenTargets opened = target.open()) {
                for (Target one : opened.all()) {
                    bases.add(scanner.scan(one, request));
                }
            }
        }
        return bases;
    }

    private static Optional<Path> folder(Place place) {
        return place instanceof Place.Files file && Files.isDirectory(file.path())
                ? Optional.of(file.path().toAbsolutePath().normalize())
                : Optional.empty();
    }

    private static void write(
            FixPlan plan, String user, String format, Optional<Path> folder, ParseResult words, Console console)
            throws InputException, IOException {
        Output output = Output.of(words, console);
        if (format.equals("patch")) {
            output.text(patch(plan, user, folder, words));
        } else {
            output.jsonOrText(
                    format,
                    out -> JsonFix.write(plan, Version.TEXT, out),
                    () -> TerminalFix.render(plan, Options.ink(words, console)));
        }
    }

    private static String patch(FixPlan plan, String user, Optional<Path> folder, ParseResult words)
            throws InputException, IOException {
        Optional<String> dockerfile = Options.text(words, "--dockerfile");
        if (dockerfile.isEmpty() && folder.isEmpty()) {
            throw Options.usage("--format patch needs --dockerfile FILE, or a folder of sources as target");
        }
        String declarations = folder.isEmpty() ? "" : DeclarationPatch.of(plan, path -> text(folder.get(), path));
        return declarations + (dockerfile.isEmpty() ? "" : ofDockerfile(dockerfile.get(), plan, user));
    }

    /** A file that people write, if it is one and lies in the folder. */
    private static Optional<String> text(Path folder, String path) throws IOException {
        Path file = folder.resolve(path.substring(1)).normalize();
        boolean isThere = file.startsWith(folder) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!isThere || Files.size(file) > MOST_TEXT_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty(); // a patch that we print in UTF-8 would not fit
        }
    }

    private static String ofDockerfile(String name, FixPlan plan, String user) throws InputException, IOException {
        Path file = Path.of(name);
        if (Files.size(file) > MOST_TEXT_BYTES) {
            throw new InputException(InputException.Code.LIMIT, name + ": too large to be a Dockerfile");
        }
        try {
            return DockerfilePatch.of(name, Files.readString(file), plan, user);
        } catch (CharacterCodingException notUtf8) {
            throw new InputException(InputException.Code.MALFORMED, name + ": no Dockerfile: not in UTF-8", notUtf8);
        }
    }
}
