package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.InputException;
import dev.holdfast.report.bill.BillContents;
import dev.holdfast.report.bill.CycloneDxBill;
import dev.holdfast.report.scan.CsvScan;
import dev.holdfast.report.scan.GithubScan;
import dev.holdfast.report.scan.GitlabScan;
import dev.holdfast.report.scan.HtmlScan;
import dev.holdfast.report.scan.JsonScan;
import dev.holdfast.report.scan.JunitScan;
import dev.holdfast.report.scan.MarkdownScan;
import dev.holdfast.report.scan.SarifScan;
import dev.holdfast.report.scan.ScanResults;
import dev.holdfast.report.scan.TemplateScan;
import dev.holdfast.report.scan.TerminalScan;
import dev.holdfast.report.vex.OpenVexScan;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.question.Support;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * The form that the answer of a scan takes.
 *
 * @param template that of the user, for the format of that name
 */
record ScanForm(String format, Optional<TemplateScan> template) {
    private static final String[] FORMATS = {
        "table",
        "json",
        "sarif",
        "cyclonedx",
        "openvex",
        "html",
        "markdown",
        "junit",
        "gitlab",
        "github",
        "csv",
        "template"
    };

    /** What is wrong with a template is told before the work. */
    static ScanForm of(ParseResult words) throws InputException, IOException {
        String format = Options.format(words, FORMATS);
        return new ScanForm(format, template(format, words));
    }

    private static Optional<TemplateScan> template(String format, ParseResult words)
            throws InputException, IOException {
        Optional<String> file = Options.text(words, "--template");
        boolean isAsked = format.equals("template");
        if (isAsked != file.isPresent() && (isAsked || words.hasMatchedOption("--template"))) {
            throw Options.usage("--format template and --template FILE go together");
        }
        if (!isAsked || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TemplateScan.of(Files.readString(Path.of(file.get()))));
        } catch (InputException wrong) {
            throw wrong.in(file.get());
        } catch (java.nio.charset.CharacterCodingException wrong) {
            throw new InputException(InputException.Code.MALFORMED, file.get() + ": not UTF-8", wrong);
        }
    }

    /** Whether the form says what code reaches. */
    boolean tellsWhatIsReached() {
        return format.equals("openvex");
    }

    /** Whether there is something to write. A CycloneDX document describes one thing. */
    boolean tellsOf(ScanResults results) throws InputException {
        int reports = results.reports().size();
        if (format.equals("cyclonedx") && reports > 1) {
            throw Options.usage("--format cyclonedx describes one target, here are answers about " + reports
                    + "; scan them one by one");
        }
        return reports > 0 || !format.equals("cyclonedx");
    }

    void write(ScanResults results, ParseResult words, Console console, OutputStream out) throws IOException {
        if (template.isPresent()) {
            template.get().write(results, out);
            return;
        }
        switch (format) {
            case "json" -> JsonScan.write(results, out);
            case "sarif" -> SarifScan.write(results, out);
            case "html" -> HtmlScan.write(results, out);
            case "markdown" -> MarkdownScan.write(results, out);
            case "junit" -> JunitScan.write(results, out);
            case "gitlab" -> GitlabScan.write(results, out);
            case "github" -> GithubScan.write(results, out);
            case "csv" -> CsvScan.write(results, out);
            case "openvex" -> OpenVexScan.write(results, out);
            case "cyclonedx" -> CycloneDxBill.write(contents(results.reports().getFirst()), out);
            default -> tables(results, words, console, out);
        }
    }

    private static BillContents contents(ScanReport report) {
        return new BillContents(
                Version.TEXT,
                report.target(),
                Optional.of(report.basis().asOf().atStartOfDay().toInstant(ZoneOffset.UTC)),
                report.contents().layers(),
                report.contents().support().map(Support::distribution),
                report.contents().components(),
                report.gaps(),
                report.findings().stream()
                        .filter(finding -> finding.component().isPresent())
                        .toList());
    }

    private static void tables(ScanResults results, ParseResult words, Console console, OutputStream out)
            throws IOException {
        boolean isFirst = true;
        for (ScanReport report : results.reports()) {
            String view = TerminalScan.render(
                    report,
                    Options.ink(words, console),
                    Options.isSet(words, "--all"),
                    Options.isSet(words, "--packages"));
            out.write(((isFirst ? "" : "\n") + view).getBytes(StandardCharsets.UTF_8));
            isFirst = false;
        }
    }
}
