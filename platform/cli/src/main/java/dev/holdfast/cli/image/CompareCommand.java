package dev.holdfast.cli.image;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Reason;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenExemptions;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.compare.Comparer;
import dev.holdfast.compare.Comparison;
import dev.holdfast.compare.OwnReport;
import dev.holdfast.compare.ReportReader;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.oci.Target;
import dev.holdfast.report.compare.JsonComparison;
import dev.holdfast.report.compare.TerminalComparison;
import dev.holdfast.scan.Inquiry;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast compare TARGET REPORT…}. */
final class CompareCommand implements Command {
    @Override
    public String name() {
        return "compare";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast compare nginx.tar trivy.json grype.json",
                        "",
                        "Puts our answer beside other tools' reports of the same image, and gives every disagreement one cause with its proof.",
                        "A REPORT is JSON of Trivy, Grype, Snyk, OSV-Scanner, Docker Scout (SARIF or GitLab) or Holdfast; which, is found by looking.",
                        "A TARGET is what scan takes, or the JSON that scan wrote of it.");
        GivenTarget.addOptions(spec);
        AdvisoryFile.addOption(spec);
        GivenExemptions.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image, bill of materials, or our own JSON of one."))
                .addPositional(Options.wordsFrom(1, "REPORT", "Reports of other tools; - reads standard input."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.flag("--all", "List every row in the table, with what was weighed."))
                .addOption(Options.asOf());
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        String given = words.matchedPositionalValue(0, "");
        List<String> files = words.matchedPositionalValue(1, List.of());
        ScanRequest request = ScanRequest.on(Options.asOf(words, console))
                .bases(UserBases.read(console))
                .exemptions(GivenExemptions.of(words))
                .build();
        try (AdvisoryBase base = AdvisoryFile.open(words, console)) {
            Scanner scanner = new Scanner(base, Limits.DEFAULT);
            Run run = new Run(files, format, words, console);
            if (GivenPath.isThere(given) && OwnReport.mayBeOne(Path.of(given))) {
                return run.beside(ofOwnReport(scanner, base, request, Path.of(given), console));
            }
            try (GivenTarget target = GivenTarget.of(given, words, console)) {
                Optional<BillOfMaterials> bill = target.bill();
                return bill.isPresent()
                        ? run.beside(scanner.inquire(bill.get(), request, given))
                        : ofImage(scanner, target, request, run);
            }
        }
    }

    private static Inquiry ofOwnReport(
            Scanner scanner, AdvisoryBase base, ScanRequest request, Path file, Console console)
            throws InputException, IOException {
        OwnReport own = OwnReport.read(file, Limits.DEFAULT);
        if (!own.database().equals(base.digest().toString())) {
            console.tell(file + ": made with another advisory base than the one that the causes are proven from");
        }
        return scanner.inquire(own.bill(), request, file.toString()).answering(own.findings(), own.setAside());
    }

    private static ExitCode ofImage(Scanner scanner, GivenTarget given, ScanRequest request, Run run)
            throws InputException, IOException {
        try (OpenTargets opened = given.open()) {
            Target target = opened.only(", and a report is about one");
            return run.beside(scanner.inquire(target, request));
        }
    }

    /** One run: the reports, and where the answer goes. A report that cannot be read never hides the answers about the others. */
    private record Run(List<String> files, String format, ParseResult words, Console console) {
        private ExitCode beside(Inquiry inquiry) throws IOException {
            Comparer comparer = new Comparer(inquiry);
            List<Comparison> comparisons = new ArrayList<>();
            ExitCode failure = ExitCode.PASS;
            for (String file : files) {
                try {
                    comparisons.add(comparer.compare(new ReportReader(Limits.DEFAULT).read(spooled(file))));
                } catch (InputException wrong) {
                    console.tell(wrong.getMessage());
                    failure = ExitCode.INPUT;
                } catch (IOException failed) {
                    console.tell(Reason.of(failed));
                    failure = ExitCode.ENVIRONMENT;
                }
            }
            ScanReport ours = inquiry.report();
            if (!comparisons.isEmpty() || format.equals("json")) {
                write(ours, comparisons);
            }
            boolean isUnsure = ours.verdict().outcome() == Verdict.Outcome.COULD_NOT_TELL;
            return failure != ExitCode.PASS ? failure : isUnsure ? ExitCode.COULD_NOT_TELL : ExitCode.PASS;
        }

        private void write(ScanReport ours, List<Comparison> comparisons) throws IOException {
            Output.of(words, console)
                    .jsonOrText(
                            format,
                            out -> JsonComparison.write(ours, comparisons, Version.TEXT, out),
                            () -> TerminalComparison.render(
                                    ours, comparisons, Options.ink(words, console), Options.isSet(words, "--all")));
        }

        /** A report is read twice, so standard input is kept in a file while that goes on. */
        private Path spooled(String file) throws IOException {
            if (!file.equals("-")) {
                return Path.of(file);
            }
            Path spool = Files.createTempFile("holdfast-report-", ".json");
            spool.toFile().deleteOnExit();
            try (java.io.OutputStream out = Files.newOutputStream(spool)) {
                console.in().transferTo(out);
            }
            return spool;
        }
    }
}
