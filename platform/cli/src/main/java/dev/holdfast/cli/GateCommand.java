package dev.holdfast.cli;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.image.ImageArchive;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Targets;
import dev.holdfast.report.GateResults;
import dev.holdfast.report.JsonGate;
import dev.holdfast.report.TerminalGate;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.SecretsRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast gate TARGET|PATH…}: scan, check and policy in one run, one verdict. */
final class GateCommand implements Command {
    @Override
    public String name() {
        return "gate";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast gate shop.tar deploy/ --fail-on high --policy policies/",
                        "",
                        "One verdict for a pipeline: images are scanned and checked, files and folders are checked, a folder with packages of a",
                        "project is scanned too. What was found is told by scan and check.");
        ImageSources.addOptions(spec);
        GivenExemptions.addOptions(spec);
        GivenPolicies.addPolicies(spec);
        UserMemory.addOption(spec);
        return spec.addPositional(Options.words("TARGET", "What scan or check takes; several may follow one another."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.value("--db", "FILE", "Advisory base to use."))
                .addOption(
                        Options.value("--fail-on", "LEVEL", "Fail when a finding is at or above LEVEL; default high."))
                .addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."))
                .addOption(Options.flag("--no-secrets", "Do not look for secrets in images."))
                .addOption(Options.value(
                        "--as-of", "DATE", "Day for which ages and ends of support count; default today."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Severity failOn = Options.severity(words, "--fail-on").orElse(Checker.USUAL_THRESHOLD);
        ScanRequest.Builder request = ScanRequest.on(Options.asOf(words, console))
                .secrets(new SecretsRequest(!Options.isSet(words, "--no-secrets"), ""))
                .bases(UserBases.read(console))
                .exemptions(GivenExemptions.of(words))
                .failOn(failOn);
        try (Gate gate = new Gate(words, console, request.build(), failOn)) {
            List<GateResults.Target> targets = new ArrayList<>();
            for (String given : words.matchedPositionalValue(0, List.<String>of())) {
                targets.add(gate.judge(given));
            }
            GateResults results = new GateResults(Version.TEXT, targets);
            Output.write(words, console, out -> {
                if (format.equals("json")) {
                    JsonGate.write(results, out);
                } else {
                    out.write(TerminalGate.render(results, Options.ink(words, console))
                            .getBytes(StandardCharsets.UTF_8));
                }
            });
            return switch (results.outcome()) {
                case PASS -> ExitCode.PASS;
                case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
                case FAIL -> ExitCode.FAIL;
                case UNREADABLE -> gate.failure();
            };
        }
    }

    /** One run. The advisory base is opened only when something is to be scanned. */
    private static final class Gate implements AutoCloseable {
        private final ParseResult words;
        private final Console console;
        private final ScanRequest request;
        private final Severity failOn;
        private final Memory memory;
        private final Optional<PolicyCheck> policies;
        private Optional<AdvisoryBase> base = Optional.empty();
        private ExitCode failure = ExitCode.INPUT;

        private Gate(ParseResult words, Console console, ScanRequest request, Severity failOn)
                throws InputException, IOException {
            this.words = words;
            this.console = console;
            this.request = request;
            this.failOn = failOn;
            this.memory = UserMemory.of(words, console);
            this.policies = PolicyCheck.of(words, console);
        }

        /** What an unreadable target ends with. */
        private ExitCode failure() {
            return failure;
        }

        private GateResults.Target judge(String given) {
            List<ScanReport> scans = new ArrayList<>();
            List<CheckReport> checks = new ArrayList<>();
            try {
                Optional<Path> path = path(given);
                if (path.isEmpty() && !given.startsWith("host:")) {
                    scans.addAll(scan(given));
                    return new GateResults.Target(given, scans, checks, "");
                }
                CheckReport check = check(given);
                boolean isImage = path.isPresent() && ImageArchive.isImage(path.get());
                if (check.files() > 0 || !check.gaps().isEmpty() && !isOtherFile(check, path)) {
                    checks.add(check);
                }
                if (isImage || path.isPresent() && check.files() == 0 && checks.isEmpty()) {
                    scans.addAll(scan(given));
                } else if (path.isPresent() && Files.isDirectory(path.get())) {
                    scans.addAll(project(given));
                }
            } catch (InputException wrong) {
                return failed(given, wrong.getMessage(), ExitCode.INPUT);
            } catch (IOException failed) {
                return failed(given, Program.reason(failed), ExitCode.ENVIRONMENT);
            }
            return new GateResults.Target(given, scans, checks, "");
        }

        /** A file that check has nothing to say of may be one that scan knows. */
        private static boolean isOtherFile(CheckReport check, Optional<Path> path) {
            return check.foreign() > 0 && path.filter(Files::isRegularFile).isPresent();
        }

        private GateResults.Target failed(String given, String message, ExitCode exit) {
            failure = exit;
            String line = message.startsWith(given) ? message : given + ": " + message;
            return new GateResults.Target(given, List.of(), List.of(), line);
        }

        private static Optional<Path> path(String given) {
            try {
                return Optional.of(Path.of(given)).filter(Files::exists);
            } catch (InvalidPathException none) {
                return Optional.empty();
            }
        }

        private CheckReport check(String given) throws InputException, IOException {
            CheckRequest asked = GivenConfiguration.of(given, console).failOn(failOn);
            Exceptions exceptions = GivenExceptions.of(words, console.today().get());
            CheckReport report = new Checker(Limits.DEFAULT, new KnownImages(), exceptions).check(asked);
            return policies.isPresent() ? policies.get().beside(report, asked) : report;
        }

        /** A folder of files that no package manager knows has nothing to be scanned. */
        private List<ScanReport> project(String given) throws InputException, IOException {
            return scan("project:" + given).stream()
                    .filter(report ->
                            !report.components().isEmpty() || !report.findings().isEmpty())
                    .toList();
        }

        private List<ScanReport> scan(String given) throws InputException, IOException {
            try (Progress _ = Progress.of(given, words, console);
                    GivenTarget target = GivenTarget.of(given, words, console)) {
                Optional<BillOfMaterials> bill = target.bill();
                if (bill.isPresent()) {
                    return List.of(new Scanner(base(), Limits.DEFAULT).scan(bill.get(), request, given));
                }
                List<Target> opened = Targets.open(target.request(), Limits.DEFAULT, memory);
                try {
                    List<ScanReport> reports = new ArrayList<>();
                    for (Target one : opened) {
                        reports.add(new Scanner(base(), Limits.DEFAULT, memory).scan(one, request));
                    }
                    return reports;
                } finally {
                    for (Target one : opened) {
                        one.close();
                    }
                }
            }
        }

        private AdvisoryBase base() throws InputException, IOException {
            if (base.isEmpty()) {
                base = Optional.of(BaseFile.open(words, console));
            }
            return base.get();
        }

        @Override
        public void close() {
            base.ifPresent(AdvisoryBase::close);
        }
    }
}
