package dev.holdfast.it.kube;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs of a cluster that the tests need, built of their published sources by {@code quality/it/kube-apiserver/build.sh}. The tests are
 * slow, and run with {@code -Dholdfast.slow}: who has no programs gets them built, within a bounded time.
 */
record KubePrograms(Path etcd, Path apiServer) {
    private static final Path SOURCES = Path.of("kube-apiserver");
    private static final long USUAL_MINUTES = 3;

    static KubePrograms found() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        Path home = Path.of(System.getProperty("user.home", "."));
        Path folder = Path.of(System.getProperty(
                "holdfast.kube",
                home.resolve(".cache/holdfast-test/kubeserver/out").toString()));
        KubePrograms programs = new KubePrograms(folder.resolve("etcd"), folder.resolve("kube-apiserver"));
        if (!programs.areThere()) {
            build(folder);
        }
        assumeTrue(
                programs.areThere(),
                "no kube-apiserver in " + folder + ": quality/it/kube-apiserver/build.sh makes it");
        return programs;
    }

    private boolean areThere() {
        return Files.isExecutable(etcd) && Files.isExecutable(apiServer);
    }

    /** What was compiled when the time is up is kept by Go, so that the next run goes on from there. */
    private static void build(Path out) throws IOException, InterruptedException {
        Optional<Path> go = go();
        assumeTrue(go.isPresent(), "no Go 1.26 on this machine, with which a kube-apiserver could be built");
        Files.createDirectories(out);
        Path work = Files.createTempDirectory("kube-apiserver");
        Path log = out.resolve("build.log");
        try {
            for (String name : List.of("go.mod", "go.sum", "tools.go", "build.sh")) {
                Files.copy(SOURCES.resolve(name), work.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder("sh", "build.sh", out.toString())
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().merge("PATH", go.get().toString(), (path, more) -> path + ":" + more);
            Process build = builder.start();
            boolean isDone = build.waitFor(Long.getLong("holdfast.kube.minutes", USUAL_MINUTES), TimeUnit.MINUTES);
            if (!isDone) {
                build.descendants().forEach(ProcessHandle::destroyForcibly);
                build.destroyForcibly().waitFor();
            }
            assumeTrue(isDone, "kube-apiserver was not built in time; run again, what is compiled is kept");
            assumeTrue(build.exitValue() == 0, () -> "kube-apiserver cannot be built here: " + tail(log));
        } finally {
            for (String name : List.of("go.mod", "go.sum", "tools.go", "build.sh")) {
                Files.deleteIfExists(work.resolve(name));
            }
            Files.deleteIfExists(work);
        }
    }

    /** The folder that holds the go command. */
    private static Optional<Path> go() {
        List<Path> places = new ArrayList<>(List.of(Path.of("/usr/local/go/bin")));
        for (String each : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            places.add(Path.of(each));
        }
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("go")))
                .findFirst();
    }

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
