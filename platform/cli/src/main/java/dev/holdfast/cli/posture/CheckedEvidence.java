package dev.holdfast.cli.posture;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.CheckRequest.Input;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Rule;
import dev.holdfast.check.Status;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Failure;
import dev.holdfast.cli.given.GivenConfiguration;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Observation;
import dev.holdfast.comply.ScanEvidence;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What checks found in all targets of a run, as observations; a bad target never hides what the others show. */
final class CheckedEvidence {
    private final Console console;
    private final Path kubeConfig;
    private final Checker checker;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    /** The digest of every input, by its name; empty for one that is no file. */
    private final Map<String, String> digests = new TreeMap<>();

    private ExitCode failure = ExitCode.PASS;

    /**
     * Nothing is looked at yet.
     *
     * @param kubeConfig where a cluster is found
     * @param exceptions what is accepted, and so is not shown
     */
    CheckedEvidence(Path kubeConfig, Exceptions exceptions, Console console) {
        this.console = console;
        this.kubeConfig = kubeConfig;
        this.checker = new Checker(Limits.DEFAULT, new KnownImages(), exceptions);
    }

    List<Observation> observations() {
        return observations;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** What went wrong with a target; {@link ExitCode#PASS} when nothing did. */
    ExitCode failure() {
        return failure;
    }

    List<Assessment.Input> inputs() {
        return digests.entrySet().stream()
                .map(entry -> new Assessment.Input(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Takes what a scan found. */
    void lookAtScan(String report) {
        try {
            Path file = GivenPath.of(report);
            if (!Files.isRegularFile(file)) {
                throw new InputException(InputException.Code.NOT_FOUND, report + ": no such report");
            }
            List<Observation> found = new ScanEvidence(Limits.DEFAULT).read(Files.readAllBytes(file), report);
            found.forEach(one -> digests.put(report, one.digest()));
            observations.addAll(found);
        } catch (InputException wrong) {
            fail(Failure.of(report, wrong));
        } catch (IOException failed) {
            fail(Failure.of(report, failed));
        }
    }

    /** Asks one target every rule. */
    void look(String given) {
        look(given, List.of(UnaryOperator.identity()));
    }

    /** Asks one target the Pod Security Standards, both levels: restricted replaces some controls of baseline. */
    void lookAtPods(String given) {
        look(
                given,
                Arrays.stream(PodSecurityLevel.values())
                        .<UnaryOperator<CheckRequest>>map(level ->
                                request -> request.podSecurity(new PodSecurity(level, PodSecurityVersion.LATEST)))
                        .toList());
    }

    private void look(String given, List<UnaryOperator<CheckRequest>> questions) {
        try {
            CheckRequest target =
                    GivenConfiguration.of(given, kubeConfig, console).profile(Rule.Profile.STRICT);
            Set<Gap> unseen = new LinkedHashSet<>();
            Set<Observation> seen = new LinkedHashSet<>();
            for (UnaryOperator<CheckRequest> question : questions) {
                CheckReport report = checker.check(question.apply(target));
                report.results().stream()
                        .filter(result -> result.status() != Status.NOT_APPLICABLE)
                        .forEach(result -> seen.add(observation(given, target.input(), result)));
                // an accepted risk is no proof
                report.excepted()
                        .forEach(one -> seen.add(observation(
                                given,
                                target.input(),
                                one.finding().setAside("set aside (" + one.by().told() + ")"))));
                unseen.addAll(report.gaps());
            }
            observations.addAll(seen);
            gaps.addAll(unseen);
        } catch (InputException wrong) {
            fail(Failure.of(given, wrong));
        } catch (IOException failed) {
            fail(Failure.of(given, failed));
        }
    }

    private void fail(Failure one) {
        console.tell(one.line());
        failure = failure.or(one.exit());
    }

    private Observation observation(String given, Input input, Result result) {
        String name = name(given, result.path());
        String digest = digests.computeIfAbsent(name, _ -> digest(input, result.path()));
        Place place = result.place();
        return new Observation(
                result.rule(),
                outcome(result.status()),
                result.subject(),
                name,
                digest,
                place.line() == 1 && place.column() == 1 ? "" : place.line() + ":" + place.column(),
                result.message());
    }

    private static Observation.Outcome outcome(Status status) {
        return switch (status) {
            case PASS -> Observation.Outcome.PASS;
            case FAIL -> Observation.Outcome.FAIL;
            case NOT_ASSESSED, ERROR, NOT_APPLICABLE -> Observation.Outcome.NOT_ASSESSED;
        };
    }

    private static String name(String given, String path) {
        if (path.equals(given) || path.isEmpty()) {
            return given;
        }
        return given.endsWith("/") && path.startsWith("/")
                ? given + path.substring(1)
                : given.endsWith("/") || path.startsWith("/") ? given + path : given + "/" + path;
    }

    private static String digest(Input input, String path) {
        try {
            return switch (input) {
                case Input.Text text ->
                    Digest.sha256(text.text().getBytes(StandardCharsets.UTF_8)).toString();
                case Input.Place place ->
                    digest(Files.isDirectory(place.path()) ? place.path().resolve(path) : place.path());
                case Input.Cluster _ -> "";
                case Input.Host host -> digest(host.root().resolve(path.replaceFirst("^/+", "")));
            };
        } catch (IOException | InvalidPathException unreadable) {
            return "";
        }
    }

    private static String digest(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? Digest.sha256(Files.readAllBytes(file)).toString()
                : "";
    }
}
