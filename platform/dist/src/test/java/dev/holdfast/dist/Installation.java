package dev.holdfast.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A source tree as the launcher sees it: the real scripts, but JDKs and a Maven that are small shell scripts. The fake {@code java} prints
 * its arguments, one a line, and ends with the exit code in {@code FAKE_EXIT}; asked for an AOT cache it writes one. The fake
 * {@code mvnw} puts a program folder in place, as {@link Assembler} does.
 */
final class Installation {
    /** What a run printed and how it ended. */
    record Run(int exit, String out, String err) {
        List<String> arguments() {
            return out.lines().toList();
        }

        List<String> errorLines() {
            return err.lines().toList();
        }
    }

    private static final Path SOURCES = Path.of(System.getProperty("holdfast.root", "../.."));

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    private Installation(Path root) {
        this.root = root;
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", root.resolve("home").toString());
        environment.put("HOLDFAST_JDK_FOLDERS", "");
    }

    static Installation in(Path root) throws IOException {
        Files.createDirectories(root.resolve("platform/dist"));
        Files.createDirectories(root.resolve("home"));
        Files.copy(SOURCES.resolve("holdfast"), root.resolve("holdfast"));
        for (String script : List.of("find-jdk.sh", "build.sh", "fetch-jdk.sh")) {
            Files.copy(
                    SOURCES.resolve("platform/dist").resolve(script),
                    root.resolve("platform/dist").resolve(script));
        }
        Files.copy(
                SOURCES.resolve("pom.xml"), root.resolve("pom.xml")); // the launcher reads in it which rooms there are
        Installation installation = new Installation(root);
        installation.write("mvnw", """
                #!/bin/sh
                cd "${0%/*}"
                echo build >>builds
                echo "[INFO] Building holdfast-core 0.1.0 [1/2]"
                sleep "${FAKE_BUILD_SECONDS:-0}"
                if [ -n "${FAKE_BUILD_ERROR:-}" ]; then echo "[ERROR] $FAKE_BUILD_ERROR"; exit 1; fi
                mkdir -p platform/dist/target/app
                echo 0123456789abcdef >platform/dist/target/app/id
                : >platform/dist/target/app/current
                """);
        return installation;
    }

    /** A folder that passes for a JDK of this version. */
    static Path fakeJdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Nobody"
                JAVA_RUNTIME_VERSION="%s+1"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(home.resolve("bin/java"), """
                #!/bin/sh
                for a; do
                  case $a in
                    -XX:AOTCacheOutput=*) echo cache >"${a#*=}"; echo training >>"$FAKE_LOG"; exit 0 ;;
                  esac
                done
                for a; do printf '%s\\n' "$a"; done
                exit "${FAKE_EXIT:-0}"
                """);
        return home;
    }

    Path root() {
        return root;
    }

    Path write(String path, String script) throws IOException {
        Path file = root.resolve(path);
        executable(file, script);
        return file;
    }

    Installation with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Installation without(String variable) {
        environment.remove(variable);
        return this;
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return finish(start(root, root.resolve("holdfast").toString(), arguments));
    }

    Process start(Path directory, String command, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(command);
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("FAKE_LOG", root.resolve("trainings").toString());
        return builder.directory(directory.toFile()).start();
    }

    static Run finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher did not end");
        }
        return new Run(process.exitValue(), out, err);
    }

    long builds() throws IOException {
        return lines("builds");
    }

    long trainings() throws IOException {
        return lines("trainings");
    }

    private long lines(String name) throws IOException {
        Path file = root.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
