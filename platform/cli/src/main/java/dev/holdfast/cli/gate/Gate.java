package dev.holdfast.cli.gate;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.image.ImageArchive;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Failure;
import dev.holdfast.cli.command.Progress;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.cli.given.GivenConfiguration;
import dev.holdfast.cli.given.GivenExceptions;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.cli.posture.PolicyCheck;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Target;
import dev.holdfast.report.gate.GateResults;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Asks about one target after the other what there is to ask: a scan, a check, or both. The advisory base is opened only for a scan. */
final class Gate implements AutoCloseable {
    private final ParseResult words;
    private final Console console;
    private final ScanRequest request;
    private final Severity failOn;
    private final Memory memory;
    private final Optional<PolicyCheck> policies;
    private Optional<AdvisoryBase> base = Optional.empty();
    private ExitCode failure = ExitCode.INPUT;

    Gate(ParseResult words, Console console, ScanRequest request, Severity failOn) throws InputException, IOException {
        this.words = words;
        this.console = console;
        this.request = request;
        this.failOn = failOn;
        this.memory = UserMemory.of(words, console);
        this.policies = PolicyCheck.of(words, console);
    }

    /** What an unreadable target ends with. */
    ExitCode failure() {
        return failure;
    }

    GateResults.Target judge(String given) {
        List<ScanReport> scans = new ArrayList<>();
        List<CheckReport> checks = new ArrayList<>();
        try {
            Optional<Path> path = path(given);
            if (path.isEmpty() && !GivenConfiguration.isHostOrCluster(given)) {
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
            return failed(Failure.of(given, wrong));
        } catch (IOException failed) {
            return failed(Failure.of(given, failed));
        }
        return new GateResults.Target(given, scans, checks, "");
    }

    /** A file that check has nothing to say of may be one that scan knows. */
    private static boolean isOtherFile(CheckReport check, Optional<Path> path) {
        return check.foreign() > 0 && path.filter(Files::isRegularFile).isPresent();
    }

    private GateResults.Target failed(Failure one) {
        failure = failure.or(one.exit());
        return new GateResults.Target(one.given(), List.of(), List.of(), one.line());
    }

    private static Optional<Path> path(String given) {
        return GivenPath.isThere(given) ? Optional.of(Path.of(given)) : Optional.empty();
    }

    private CheckReport check(String given) throws InputException, IOException {
        CheckRequest asked = GivenConfiguration.of(given, GivenCluster.kubeConfig(words, console), console)
                .failOn(failOn);
        Exceptions exceptions = GivenExceptions.of(words, console.today().get());
        CheckReport report = new Checker(Limits.DEFAULT, new KnownImages(), exceptions).check(asked);
        return policies.isPresent() ? policies.get().beside(report, asked) : report;
    }

    /** A folder of files that no package manager knows has nothing to be scanned. */
    private List<ScanReport> project(String given) throws InputException, IOException {
        return scan("project:" + given).stream()
                .filter(report -> !report.contents().components().isEmpty()
                        || !report.findings().isEmpty())
                .toList();
    }

    private List<ScanReport> scan(String given) throws InputException, IOException {
        try (Progress _ = Progress.of(given, words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                return List.of(new Scanner(base(), Limits.DEFAULT).scan(bill.get(), request, given));
            }
            try (OpenTargets opened = target.open(memory)) {
                List<ScanReport> reports = new ArrayList<>();
                for (Target one : opened.all()) {
                    reports.add(new Scanner(base(), Limits.DEFAULT, memory).scan(one, request));
                }
                return reports;
            }
        }
    }

    private AdvisoryBase base() throws InputException, IOException {
        if (base.isEmpty()) {
            base = Optional.of(AdvisoryFile.open(words, console));
        }
        return base.get();
    }

    @Override
    public void close() {
        base.ifPresent(AdvisoryBase::close);
    }
}
