package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.SafeText;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.event.Wishes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines and programs that are not as one would like them. */
class HostileMachineTest {
    @TempDir
    Path folder;

    private static void needsAKernel() {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
    }

    private static void needs(String program) {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return;
            }
        }
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin", program)), () -> program + " is not on this machine");
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.holdfast.sensor.HeldSensor"));
        command.addAll(List.of(words));
        return command;
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }

    @Test
    void aKernelWithoutTypesIsSaidSo() throws IOException {
        Files.createDirectories(folder.resolve("proc/sys/kernel"));
        Files.writeString(folder.resolve("proc/sys/kernel/osrelease"), "4.19.0-old\n");
        SensorRequest request =
                new SensorRequest(Wishes.of(Set.of()), false, new ByteSize(1 << 20), Duration.ZERO, folder);
        assertThatThrownBy(() -> Sensor.start(request))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("4.19.0-old does not describe its types");
        assertThat(Probe.of(folder).tier()).isNotEqualTo(Probe.Tier.KERNEL);
    }

    @Test
    void littleMemoryIsSaidSo() {
        assertThat(Probe.memoryFinding(new ByteSize(96 << 20)))
                .isEqualTo(
                        new Probe.Finding(
                                "memory",
                                false,
                                "101 MB for this program, and watching takes up to 200 MB: the kernel may end it without a word"));
        assertThat(Probe.memoryFinding(new ByteSize(256 << 20)).isMet()).isTrue();
        assertThat(Probe.of(folder).findings()).extracting(Probe.Finding::name).contains("memory");
    }

    @Test
    void withoutPermissionItSaysWhatIsNeeded() throws Exception {
        needsAKernel();
        needs("setpriv");
        for (String tier : new String[] {"", "notices"}) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
            command.addAll(tier.isEmpty() ? java() : java(tier));
            Process process = new ProcessBuilder(command).start();
            assertThat(firstLine(process)).contains("root").contains("CAP_");
            assertThat(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** As in a container: the kernel's numbers of processes are not those that we see. */
    @Test
    void withProcessNumbersOfItsOwnItSaysWhatItCannotSee() throws Exception {
        needsAKernel();
        needs("unshare");
        List<String> command = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
        command.addAll(java());
        Process held = new ProcessBuilder(command).start();
        assertThat(firstLine(held)).startsWith("holding ").contains("name space of process numbers");
        held.destroyForcibly().waitFor();
    }

    @Test
    void killedInTheMiddleItLeavesNothingInTheKernel() throws Exception {
        needsAKernel();
        needs("bpftool");
        Process held = new ProcessBuilder(java()).start();
        assertThat(firstLine(held)).startsWith("holding ");
        List<String> ours = programsOf(held.pid());
        assertThat(ours).hasSizeGreaterThan(8);
        held.destroyForcibly().waitFor();
        List<String> left = ours;
        for (int i = 0; i < 100 && !left.isEmpty(); i++) { // the kernel frees them after a grace period
            Thread.sleep(50);
            List<String> all = programs();
            left = ours.stream().filter(all::contains).toList();
        }
        assertThat(left).isEmpty();
    }

    /** The numbers of all loaded programs. */
    private static List<String> programs() throws Exception {
        return numbers(Pattern.compile("(?m)^(\\d+): "));
    }

    /** Of the programs that hang on descriptors of a process. */
    private static List<String> programsOf(long process) throws Exception {
        List<String> numbers = new ArrayList<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(process), "fdinfo"))) {
            for (Path descriptor : descriptors) {
                for (String line : Files.readAllLines(descriptor)) {
                    if (line.startsWith("prog_id:")) {
                        numbers.add(line.substring(line.indexOf(':') + 1).strip());
                    }
                }
            }
        }
        return numbers;
    }

    private static List<String> numbers(Pattern pattern) throws Exception {
        Process list = new ProcessBuilder("bpftool", "prog", "list")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Matcher matcher = pattern.matcher(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        List<String> numbers = new ArrayList<>();
        while (matcher.find()) {
            numbers.add(matcher.group(1));
        }
        return numbers;
    }

    @Test
    void namesWithEscapesArriveAsTheyAreAndAreHarmlessOnATerminal() throws Exception {
        needsAKernel();
        List<String> names = new ArrayList<>();
        try (Sensor sensor = Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()))) {
            Process shell = new ProcessBuilder(
                            "sh",
                            "-c",
                            "f=$(printf 'evil\\033[2J\\nroot:x\\200\\342\\200\\256x'); : > \"$f\"; rm \"$f\"")
                    .directory(folder.toFile())
                    .start();
            long end = System.nanoTime() + Patience.NANOS;
            sensor.run(
                    event -> {
                        Value value = new Value();
                        event.read(
                                FieldCatalogue.standard()
                                        .use(Event.SYSCALL, "fd.name")
                                        .orElseThrow(),
                                value);
                        if (event.kernel().pid() == shell.pid()
                                && value.toString().contains("evil")) {
                            names.add(value.toString());
                        }
                    },
                    () -> !names.isEmpty() || System.nanoTime() > end);
        }
        String name = folder.toRealPath() + "/evil\033[2J\nroot:x\ufffd\u202ex";
        assertThat(names).contains(name);
        assertThat(SafeText.of(name))
                .doesNotContain("\033")
                .doesNotContain("\n")
                .doesNotContain("\u202e");
    }

    @Test
    void whatAContainerLosesIsToldAsItsOwn() throws Exception {
        needsAKernel();
        Path group = cgroups().resolve("docker-" + "5e".repeat(32) + ".scope");
        Files.createDirectory(group);
        SensorRequest small = new SensorRequest(
                Wishes.of(Sensor.callsKnownToRules()), false, new ByteSize(1 << 16), Duration.ZERO, Path.of("/"));
        try (Sensor sensor = Sensor.start(small)) {
            Process shell = new ProcessBuilder(
                            "sh",
                            "-c",
                            "echo $$ > " + group
                                    + "/cgroup.procs; i=0; while [ $i -lt 2000 ]; do : </dev/null; i=$((i+1)); done")
                    .start();
            assertThat(shell.waitFor()).isZero();
            Loss loss = sensor.loss();
            assertThat(loss.total()).isPositive();
            assertThat(loss.byContainer().keySet()).anyMatch(name -> !name.equals("host"));
            assertThat(loss.gaps()).anyMatch(gap -> gap.detail().contains("lost"));
        } finally {
            Files.deleteIfExists(group);
        }
    }

    private static Path cgroups() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(" - cgroup2 ")) {
                return Path.of(line.split(" ")[4]);
            }
        }
        throw new IOException("no cgroup2");
    }
}
