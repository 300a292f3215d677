package dev.holdfast.cli.server;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.oci.registry.Registry;
import dev.holdfast.oci.registry.RegistrySettings;
import dev.holdfast.server.images.ImageScan;
import dev.holdfast.server.images.ReportReader;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Scans an image in a process of its own: what is wrong with an image cannot harm who decides about admissions, memory and time are bounded,
 * and it gives way to him where the system has {@code nice}. What a tag stands for is looked up first, and that very image is scanned.
 */
final class ChildScan implements ImageScan {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long MOST_REPORT_BYTES = 64L << 20;
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String REPORTER = "holdfast";

    private final Class<?> program;
    private final RegistrySettings registries;
    private final List<String> options;
    private final ReportReader reader;
    private final String policy;

    /**
     * @param program whose main method is the program
     * @param options of {@code holdfast scan}, which every scan gets
     * @param holds how long a verdict says something
     */
    ChildScan(Class<?> program, RegistrySettings registries, List<String> options, Duration holds) {
        this.program = program;
        this.registries = registries;
        this.options = List.copyOf(options);
        this.reader = new ReportReader(Limits.DEFAULT, holds);
        this.policy = Digest.sha256(String.join("\n", options).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public Scanned scan(String image) throws InputException, IOException, InterruptedException {
        ImageReference reference = ImageReference.parse(image)
                .orElseThrow(() -> new InputException(InputException.Code.USAGE, image + ": no name of an image"));
        Instant seen = Instant.now();
        Digest digest = reference.digest().isPresent() ? reference.digest().get() : lookUp(reference);
        byte[] report = run("registry:" + reference.name() + "@" + digest);
        ReportReader.Origin origin = new ReportReader.Origin(policy, REPORTER, seen);
        List<Verdict> verdicts = new ArrayList<>(reader.read(report, origin));
        if (verdicts.stream().noneMatch(verdict -> verdict.digest().equals(digest))) {
            verdicts.addAll(reader.readOf(digest, report, origin)); // of an index
        }
        Optional<Verdicts.Named> named = reference.digest().isPresent()
                ? Optional.empty()
                : Optional.of(new Verdicts.Named(reference.toString(), digest, seen));
        return new Scanned(verdicts, named);
    }

    private Digest lookUp(ImageReference reference) throws InputException, IOException {
        try (Registry registry = new Registry(reference, registries)) {
            return Digest.sha256(registry.manifest(reference.version()));
        }
    }

    private byte[] run(String target) throws InputException, IOException, InterruptedException {
        Path folder = Files.createTempDirectory("holdfast-scan-");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process child = new ProcessBuilder(command(target))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!child.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the scan did not end within " + LONGEST.toMinutes() + " minutes");
            }
            return report(child.exitValue(), out, err);
        } finally {
            child.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            Files.deleteIfExists(folder);
        }
    }

    private static byte[] report(int exit, Path out, Path err) throws InputException, IOException {
        boolean isReport = exit == ExitCode.PASS.value()
                || exit == ExitCode.FAIL.value()
                || exit == ExitCode.COULD_NOT_TELL.value();
        if (!isReport) {
            String line = Files.readString(err).lines().findFirst().orElse("it said nothing");
            String problem = SafeText.of(line.replaceFirst("^holdfast: ", ""));
            if (exit == ExitCode.INPUT.value()) {
                throw new InputException(InputException.Code.NOT_AN_IMAGE, problem);
            }
            throw new IOException("the scan ended with " + exit + ": " + problem);
        }
        if (Files.size(out) > MOST_REPORT_BYTES) {
            throw new InputException(InputException.Code.LIMIT, "its report is larger than 64 MiB");
        }
        return Files.readAllBytes(out);
    }

    /** This very program, by this very virtual machine. */
    private List<String> command(String target) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-XX:-UsePerfData", "-Xlog:disable"));
        command.add("-Dholdfast.app=" + System.getProperty("holdfast.app", ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of("scan", "--format", "json"));
        command.addAll(options);
        command.add(target);
        return command;
    }
}
