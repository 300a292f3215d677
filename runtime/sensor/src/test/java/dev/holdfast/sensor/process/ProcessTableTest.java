package dev.holdfast.sensor.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.RecordBuilder;
import dev.holdfast.sensor.libbpf.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    @TempDir
    Path proc;

    private ProcessTable table;
    private final KernelEvent event = new KernelEvent();

    @BeforeEach
    void begin() throws IOException {
        table = new ProcessTable(new ProcFiles(proc));
    }

    private KernelProcess follow(RecordBuilder record) {
        assertThat(event.read(Bytes.of(record.build()))).isTrue();
        return table.follow(event);
    }

    private static RecordBuilder by(Kind kind, int pid, long started) {
        return RecordBuilder.of(kind).header("pid", pid).header("started", started);
    }

    private static RecordBuilder fork(int pid, long started, int child, long childStarted) {
        return by(Kind.FORK, pid, started)
                .set("child_pid", child)
                .set("parent_pid", pid)
                .set("child_started", childStarted)
                .bytes("comm", "forked".getBytes(StandardCharsets.UTF_8));
    }

    private static RecordBuilder exec(int pid, long started, String name) {
        return by(Kind.EXECVE, pid, started)
                .bytes("comm", name.getBytes(StandardCharsets.UTF_8))
                .text("exe_bytes", "/bin/" + name)
                .text("given_bytes", "")
                .text("args_bytes", name + "\0-x\0")
                .text("cwd_bytes", "/")
                .text("env_bytes", "");
    }

    @Test
    void followsForksAndExecutions() {
        follow(exec(10, 1, "nginx"));
        follow(fork(10, 1, 11, 2));
        KernelProcess child = follow(exec(11, 2, "sh"));
        assertThat(child.commandLine()).isEqualTo("sh -x");
        assertThat(child.parent().map(KernelProcess::name)).hasValue("nginx");
        assertThat(child.program().path()).isEqualTo("/bin/sh");
    }

    /** An event may have to wait for the name of its container; what is executed meanwhile is none of its business. */
    @Test
    void aKeptProcessRunsWhatItRanThen() {
        follow(exec(10, 1, "nginx"));
        follow(fork(10, 1, 11, 2));
        KernelProcess child = follow(exec(11, 2, "sh"));
        KernelProcess kept = table.keep(child);
        assertThat(table.keep(child)).isSameAs(kept);
        follow(exec(11, 2, "sleep"));
        follow(exec(10, 1, "true"));
        assertThat(child.commandLine()).isEqualTo("sleep -x");
        assertThat(kept.commandLine()).isEqualTo("sh -x");
        assertThat(kept.program().path()).isEqualTo("/bin/sh");
        assertThat(kept.parent().map(KernelProcess::commandLine)).hasValue("nginx -x");
        assertThat(table.keep(child).commandLine()).isEqualTo("sleep -x");
        assertThat(table.keep(child).parent().map(KernelProcess::name)).hasValue("true");
    }

    @Test
    void keepsTheAncestorsOfADoubleFork() {
        follow(exec(10, 1, "java"));
        follow(fork(10, 1, 11, 2));
        follow(fork(11, 2, 12, 3));
        follow(by(Kind.EXIT, 11, 2));
        KernelProcess grandchild = follow(exec(12, 3, "sh"));
        assertThat(grandchild.ancestor(2).map(KernelProcess::name)).hasValue("java");
    }

    @Test
    void takesAUsedNumberForAnotherProcess() {
        KernelProcess before = follow(exec(10, 1, "sshd"));
        follow(fork(10, 1, 20, 2));
        KernelProcess child = follow(exec(20, 2, "sh"));
        KernelProcess after = follow(exec(10, 9, "evil"));
        assertThat(after).isNotSameAs(before);
        assertThat(child.parent().map(KernelProcess::name)).hasValue("sshd");
    }

    @Test
    void forgetsEndedProcessesAfterAWhile() {
        for (int i = 1; i <= 50_000; i++) {
            follow(fork(1, 1, 100 + i, i));
            follow(by(Kind.EXIT, 100 + i, i));
        }
        assertThat(table.size()).isLessThan(5_000);
    }

    @Test
    void doesNotKeepAnEndlessChainOfEndedAncestors() {
        for (int i = 1; i < 10_000; i++) {
            follow(fork(100 + i, i, 101 + i, i + 1));
            follow(by(Kind.EXIT, 100 + i, i));
        }
        int length = 0;
        for (KernelProcess each = table.process(10_100).orElseThrow();
                each != null;
                each = each.parent().orElse(null)) {
            length++;
        }
        assertThat(length).isLessThan(64);
    }

    @Test
    void forgetsWhatAMatcherKnewWhenAnAncestorChanges() {
        follow(exec(10, 1, "a"));
        follow(fork(10, 1, 11, 2));
        KernelProcess child = follow(exec(11, 2, "b"));
        table.memory(child).rewrite(1, 1);
        assertThat(table.memory(child).isKnownTo(1)).isTrue();
        follow(exec(99, 5, "other"));
        assertThat(table.memory(child).isKnownTo(1)).isTrue();
        follow(by(Kind.NAME, 10, 1).bytes("comm", "renamed".getBytes(StandardCharsets.UTF_8)));
        assertThat(table.memory(child).isKnownTo(1)).isFalse();
    }

    private void process(int pid, int parent, long ticks, String name) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (" + name + ") S " + parent + " 7 8 34816 0 0 0 0 0 0 0 0 0 0 0 0 1 0 " + ticks + " 0\n");
        Files.writeString(folder.resolve("status"), "NStgid:\t" + pid + "\t4\nCapEff:\t00000000000000ff\n");
        Files.writeString(folder.resolve("cmdline"), name + "\0--flag\0");
        Files.writeString(folder.resolve("loginuid"), "4294967295");
        Files.createSymbolicLink(folder.resolve("exe"), Path.of("/opt/" + name));
    }

    @Test
    void takesInWhatRunsAlready() throws IOException {
        process(30, 1, 500, "odd) (name");
        process(31, 30, 600, "child");
        Files.createDirectories(proc.resolve("32"));
        table.fill();
        KernelProcess child = table.process(31).orElseThrow();
        assertThat(child.parent().map(KernelProcess::name)).hasValue("odd) (name");
        assertThat(child.program().terminal()).isEqualTo(34_816);
        assertThat(child.program().effective()).isEqualTo(255);
        assertThat(child.program().loginUid()).isEqualTo(-1);
        assertThat(child.ownPid()).isEqualTo(4);
        assertThat(child.commandLine()).isEqualTo("child --flag");
        assertThat(follow(by(Kind.EXIT, 31, 6_003_000_000L))).isSameAs(child);
    }

    @Test
    void asksForAProcessWhoseBirthWasLost() throws IOException {
        process(40, 1, 500, "late");
        assertThat(follow(by(Kind.EXIT, 40, 5_001_000_000L)).name()).isEqualTo("late");
        assertThat(follow(by(Kind.EXIT, 40, 9_000_000_000L)).name()).isEmpty();
    }
}
