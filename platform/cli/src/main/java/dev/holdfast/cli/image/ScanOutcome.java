package dev.holdfast.cli.image;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Failure;
import dev.holdfast.cli.command.Progress;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.Target;
import dev.holdfast.report.form.Unanswered;
import dev.holdfast.report.scan.ScanResults;
import dev.holdfast.scan.Basis;
import dev.holdfast.scan.ScanReport;
import dev.holdfast.scan.ScanRequest;
import dev.holdfast.scan.Scanner;
import dev.holdfast.scan.routing.OwnersFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Collects the answers of several targets: a bad one never hides the others'. */
final class ScanOutcome {
    private final AdvisoryBase base;
    private final ScanRequest request;
    private final OwnersFile owners;
    private final Memory memory;
    private final Answers answers;
    private final ParseResult words;
    private final Console console;
    private final List<ScanReport> reports = new ArrayList<>();
    private final List<Unanswered> failures = new ArrayList<>();
    private ExitCode worst = ExitCode.PASS;
    private boolean isAlone;
    private Optional<Answers.Answer> known = Optional.empty();
    private Optional<Digest> remembered = Optional.empty();

    ScanOutcome(
            AdvisoryBase base,
            ScanRequest request,
            OwnersFile owners,
            Memory memory,
            Answers answers,
            ParseResult words,
            Console console) {
        this.base = base;
        this.request = request;
        this.owners = owners;
        this.memory = memory;
        this.answers = answers;
        this.words = words;
        this.console = console;
    }

    /** Scans the targets; instead of that, the answer to all of them when it was given before. */
    Optional<Answers.Answer> scan(List<String> targets) {
        isAlone = targets.size() == 1;
        for (String target : targets) {
            scan(target);
        }
        return known;
    }

    private void scan(String given) {
        try (Progress _ = Progress.of(given, words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            Optional<BillOfMaterials> bill = target.bill();
            if (bill.isPresent()) {
                add(new Scanner(base, Limits.DEFAULT).scan(bill.get(), request, given));
                return;
            }
            try (OpenTargets opened = target.open(memory)) {
                known = isAlone ? answers.recall(opened.all()) : known;
                if (known.isEmpty()) {
                    scan(given, opened.all());
                }
            }
        } catch (InputException wrong) {
            fail(Failure.of(given, wrong));
        } catch (IOException failed) {
            fail(Failure.of(given, failed));
        }
    }

    private void scan(String given, List<Target> opened) throws InputException, IOException {
        for (Target one : opened) {
            scan(given, one);
        }
        if (isAlone && failures.isEmpty() && Answers.areProven(opened)) {
            remembered = answers.about(opened);
        }
    }

    private void scan(String given, Target target) throws IOException {
        try {
            add(new Scanner(base, Limits.DEFAULT, memory).scan(target, request));
        } catch (InputException wrong) {
            fail(Failure.of(given, wrong));
        }
    }

    private void add(ScanReport report) {
        reports.add(report.ownedBy(owners));
        worst = worst.or(
                switch (report.verdict().outcome()) {
                    case PASS -> ExitCode.PASS;
                    case FAIL -> ExitCode.FAIL;
                    case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
                });
    }

    private void fail(Failure failure) {
        console.tell(failure.line());
        failures.add(new Unanswered(failure.given(), failure.code(), failure.line()));
        worst = worst.or(failure.exit());
    }

    /** What the answer is to be remembered under; empty when it is not. */
    Optional<Digest> remembered() {
        return remembered;
    }

    ScanResults results() {
        return new ScanResults(
                Version.TEXT, new Basis(request.asOf(), base.digest(), base.sources()), reports, failures);
    }

    ExitCode exitCode() {
        return worst;
    }
}
