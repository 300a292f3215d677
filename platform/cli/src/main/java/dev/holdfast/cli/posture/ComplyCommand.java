package dev.holdfast.cli.posture;

import dev.holdfast.check.Clauses;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.cli.given.GivenExceptions;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessor;
import dev.holdfast.comply.EvidenceBundle;
import dev.holdfast.comply.Framework;
import dev.holdfast.comply.ScanEvidence;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.comply.HtmlAssessment;
import dev.holdfast.report.comply.JsonAssessment;
import dev.holdfast.report.comply.OscalAssessment;
import dev.holdfast.report.comply.TerminalAssessment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast comply --framework NAME PATH…}. */
final class ComplyCommand implements Command {
    @Override
    public String name() {
        return "comply";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast comply --framework cis-k8s deploy/ host:/ --format html --output evidence.html",
                        "",
                        "Puts what check finds beside the clauses of a framework: proven for these inputs, supported by evidence,",
                        "contradicted, or not to be shown by this tool. Evidence towards a framework, never a statement about you.");
        GivenPolicies.addExceptions(spec);
        return spec.addPositional(Options.optionalWords("PATH", "What to look at, as check takes it."))
                .addOption(Options.values(
                        "--scan", "REPORT", "What a scan found, as scan --format json writes it; may be repeated."))
                .addOption(Options.value("--framework", "NAME", String.join(", ", names()) + "."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json, html, oscal."))
                .addOption(Options.value(
                        "--bundle",
                        "FILE.zip",
                        "Also write an archive with every format and the sums of all parts and inputs."))
                .addOption(GivenCluster.option())
                .addOption(Options.flag("--all", "List every observation, and the clauses that cannot be shown."))
                .addOption(Options.value("--as-of", "DATE", "Day to write as that of the look; default now."));
    }

    private static List<String> names() {
        return Arrays.stream(Framework.Name.values()).map(Framework.Name::word).toList();
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json", "html", "oscal");
        String word = Options.text(words, "--framework")
                .orElseThrow(
                        () -> Options.usage("--framework is missing; " + String.join(", ", names()) + " are known"));
        Framework.Name name = Framework.Name.of(word)
                .orElseThrow(() ->
                        Options.usage("--framework " + word + " is not known; " + String.join(", ", names()) + " are"));
        Exceptions exceptions = GivenExceptions.of(words, console.today().get());
        CheckedEvidence evidence = new CheckedEvidence(GivenCluster.kubeConfig(words, console), exceptions, console);
        List<String> targets = words.matchedPositionalValue(0, List.<String>of());
        List<String> scans = Options.texts(words, "--scan");
        if (targets.isEmpty() && scans.isEmpty()) {
            throw Options.usage("nothing to look at: a PATH is missing, or --scan");
        }
        scans.forEach(evidence::lookAtScan);
        for (String given : targets) {
            if (name == Framework.Name.PSS) {
                evidence.lookAtPods(given);
            } else {
                evidence.look(given);
            }
        }
        Framework framework = Framework.of(name);
        Assessment assessment = new Assessor(framework, clauses(framework))
                .assess(evidence.observations(), evidence.inputs(), evidence.gaps(), at(words, console));
        Output.of(words, console).write(out -> render(assessment, format, words, console, out));
        Optional<String> bundle = Options.text(words, "--bundle");
        if (bundle.isPresent()) {
            Output.toFile(GivenPath.of(bundle.get()), out -> bundle(assessment).write(out));
        }
        return evidence.failure() != ExitCode.PASS
                ? evidence.failure()
                : assessment.count(Assessment.State.CONTRADICTED) > 0
                        ? ExitCode.FAIL
                        : evidence.gaps().isEmpty() ? ExitCode.PASS : ExitCode.COULD_NOT_TELL;
    }

    /** Which clauses each check speaks to; the controls of the Pod Security Standards are checks and clauses at once. */
    private static Map<String, List<String>> clauses(Framework framework) {
        if (framework.name() != Framework.Name.PSS) {
            Map<String, List<String>> clauses =
                    new TreeMap<>(Clauses.of(framework.name().word()));
            clauses.putAll(ScanEvidence.clauses(framework.name()));
            return clauses;
        }
        return framework.clauses().stream()
                .map(Framework.Clause::id)
                .collect(Collectors.toMap(Function.identity(), List::of));
    }

    private static Instant at(ParseResult words, Console console) throws InputException {
        return Options.text(words, "--as-of").isPresent()
                ? Options.asOf(words, console).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static EvidenceBundle bundle(Assessment assessment) throws IOException {
        EvidenceBundle bundle = new EvidenceBundle(assessment.inputs());
        bundle.add("assessment.json", written(out -> JsonAssessment.write(assessment, Version.TEXT, out)));
        bundle.add("assessment.html", written(out -> HtmlAssessment.write(assessment, Version.TEXT, out)));
        bundle.add(
                "assessment-results.oscal.json", written(out -> OscalAssessment.write(assessment, Version.TEXT, out)));
        return bundle;
    }

    private static byte[] written(Output.Writer document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.to(bytes);
        return bytes.toByteArray();
    }

    private static void render(
            Assessment assessment, String format, ParseResult words, Console console, OutputStream out)
            throws IOException {
        switch (format) {
            case "json" -> JsonAssessment.write(assessment, Version.TEXT, out);
            case "html" -> HtmlAssessment.write(assessment, Version.TEXT, out);
            case "oscal" -> OscalAssessment.write(assessment, Version.TEXT, out);
            default ->
                out.write(TerminalAssessment.render(
                                assessment, Options.ink(words, console), Options.isSet(words, "--all"))
                        .getBytes(StandardCharsets.UTF_8));
        }
    }
}
