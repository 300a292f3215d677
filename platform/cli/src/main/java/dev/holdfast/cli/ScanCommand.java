package dev.holdfast.cli;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.Json;
import dev.holdfast.memory.Memory;
import dev.holdfast.report.BillContents;
import dev.holdfast.report.CsvScan;
import dev.holdfast.report.CycloneDxBill;
import dev.holdfast.report.GithubScan;
import dev.holdfast.report.GitlabScan;
import dev.holdfast.report.HtmlScan;
import dev.holdfast.report.JsonScan;
import dev.holdfast.report.JunitScan;
import dev.holdfast.report.MarkdownScan;
import dev.holdfast.report.OpenVexScan;
import dev.holdfast.report.SarifScan;
import dev.holdfast.report.ScanResults;
import dev.holdfast.report.TemplateScan;
import dev.holdfast.report.TerminalScan;
import dev.holdfast.scan.Brought;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.SecretsRequest;
import dev.holdfast.scan.Support;
import dev.holdfast.scan.exemption.Exemption;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.licence.LicencePolicy;
import dev.holdfast.scan.licence.LicencePolicyFile;
import dev.holdfast.scan.licence.LicencesRequest;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.sarif.SarifReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast scan TARGET…}. */
final class ScanCommand implements Command {
    private static final long MOST_OWNERS_BYTES = 4 << 20;

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
        ImageSources.addOptions(spec);
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
        UserMemory.addOption(spec);
        return spec.addPositional(Options.words("TARGET", "What to scan; several may follow one another."))
                .addOption(
                        Options.value(
                                "--format",
                                "FORMAT",
                                "table (default), json, sarif, cyclonedx, openvex, html, markdown, junit, gitlab, github, csv, template."))
                .addOption(Options.value("--template", "FILE", "Template for the format of that name."))
                .addOption(Options.value("--db", "FILE", "Advisory base to use."))
                .addOption(Options.value("--severity", "LEVEL", "Show only findings at or above LEVEL."))
                .addOption(Options.flag("--only-fixed", "Show only findings that a new version removes."))
                .addOption(Options.value("--fail-on", "LEVEL", "Exit with 1 when a finding is at or above LEVEL."))
                .addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."))
                .addOption(Options.flag("--no-secrets", "Do not look for secrets."))
                .addOption(
                        Options.flag(
                                "--reach",
                                "Follow the code of Java applications: which vulnerable libraries they reach; --format openvex does."))
                .addOption(Options.value(
                        "--secrets-key",
                        "FILE",
                        "File with the key of the fingerprints of secrets; default the image."))
                .addOption(Options.flag("--packages", "List the packages in the table too."))
                .addOption(Options.flag("--all", "List every finding, change and gap in the table."))
                .addOption(Options.value(
                        "--as-of", "DATE", "Day for which ages and ends of support count; default today."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(
                words,
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
                "template");
        Optional<TemplateScan> template = template(format, words);
        Json.prepare();
        List<String> targets = words.matchedPositionalValue(0, List.of());
        ScanRequest request = request(words, console, targets.size());
        Memory memory = UserMemory.of(words, console);
        try (AdvisoryBase base = BaseFile.open(words, console)) {
            Answers answers = Answers.of(words, console, memory, base.digest(), request);
            ScanOutcome outcome = new ScanOutcome(base, request, owners(words), memory, answers, words, console);
            Optional<Answers.Answer> known = outcome.scan(targets);
            if (known.isPresent()) {
                Output.write(words, console, out -> out.write(known.get().text()));
                return known.get().exit();
            }
            ScanResults results = outcome.results();
            if (format.equals("cyclonedx") && !results.reports().isEmpty()) {
                requireOne(results);
            } else if (format.equals("cyclonedx")) {
                return outcome.exitCode();
            }
            Recording recording = new Recording(outcome.remembered().isPresent());
            Output.write(words, console, out -> {
                if (template.isPresent()) {
                    template.get().write(results, recording.of(out));
                } else {
                    render(results, format, words, console, recording.of(out));
                }
            });
            outcome.remembered().ifPresent(about -> answers.keep(about, outcome.exitCode(), recording));
            memory.pruneAfterGrowth(UserMemory.mostFacts(console));
            return outcome.exitCode();
        }
    }

    private static OwnersFile owners(ParseResult words) throws InputException, IOException {
        Optional<String> file = Options.text(words, "--owners");
        if (file.isEmpty()) {
            return OwnersFile.NONE;
        }
        Path path = Path.of(file.get());
        if (Files.size(path) > MOST_OWNERS_BYTES) {
            throw new InputException(InputException.Code.LIMIT, path + ": larger than 4 MiB: no file of owners");
        }
        return OwnersFile.parse(file.get(), new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    }

    /** The template of the format of that name; read before the work, so that what is wrong with it is told at once. */
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

    private static ScanRequest request(ParseResult words, Console console, int targets)
            throws InputException, IOException {
        LicencesRequest licences = licences(words);
        ScanRequest.Builder request = ScanRequest.on(Options.asOf(words, console))
                .atLeast(Options.severity(words, "--severity").orElse(Severity.UNKNOWN))
                .onlyFixed(Options.isSet(words, "--only-fixed"))
                .secrets(new SecretsRequest(!Options.isSet(words, "--no-secrets"), Options.secretsKey(words)))
                .bases(UserBases.read(console))
                .exemptions(withExceptionsOf(licences.policy(), GivenExemptions.of(words)))
                .brought(brought(words, targets))
                .followsCode(Options.isSet(words, "--reach")
                        || words.matchedOptionValue("--format", "").equals("openvex"))
                .licences(licences);
        Options.severity(words, "--fail-on").ifPresent(request::failOn);
        return request.build();
    }

    private static LicencesRequest licences(ParseResult words) throws InputException, IOException {
        Optional<String> policy = Options.text(words, "--licence-policy");
        if (policy.isPresent()) {
            return new LicencesRequest(true, LicencePolicyFile.read(Path.of(policy.get()), Limits.DEFAULT));
        }
        return new LicencesRequest(Options.isSet(words, "--licences"), LicencePolicy.ALLOW_ALL);
    }

    /** A policy's own exceptions are rules like those of an ignore file. */
    private static Exemptions withExceptionsOf(LicencePolicy policy, Exemptions given) {
        if (policy.exceptions().isEmpty()) {
            return given;
        }
        List<Exemption> rules = new ArrayList<>(given.rules());
        rules.addAll(policy.exceptions());
        return new Exemptions(rules, given.documents());
    }

    /** What code scanners found. Of several targets nobody could tell which it is about. */
    private static Brought brought(ParseResult words, int targets) throws InputException, IOException {
        Brought brought = Brought.NOTHING;
        List<String> logs = Options.texts(words, "--sarif");
        if (!logs.isEmpty() && targets != 1) {
            throw Options.usage(
                    "--sarif joins the findings of one target, here are " + targets + "; scan them one by one");
        }
        for (String log : logs) {
            brought = brought.and(new SarifReader(Limits.DEFAULT).read(Path.of(log)));
        }
        return brought;
    }

    /** A CycloneDX document describes one thing. */
    private static void requireOne(ScanResults results) throws InputException {
        if (results.reports().size() != 1) {
            throw Options.usage("--format cyclonedx describes one target, here are answers about "
                    + results.reports().size() + "; scan them one by one");
        }
    }

    private static BillContents contents(ScanReport report) {
        return new BillContents(
                Version.TEXT,
                report.target(),
                Optional.of(report.asOf().atStartOfDay().toInstant(ZoneOffset.UTC)),
                report.layers(),
                report.support().map(Support::distribution),
                report.components(),
                report.gaps(),
                report.findings().stream()
                        .filter(finding -> finding.component().isPresent())
                        .toList());
    }

    private static void render(ScanResults results, String format, ParseResult words, Console console, OutputStream out)
            throws IOException {
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
            default -> {
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
    }
}
