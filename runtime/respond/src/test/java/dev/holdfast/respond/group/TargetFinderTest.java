package dev.holdfast.respond.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.respond.FakeMachine;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "folders are held by the C library of Linux")
class TargetFinderTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    Path root;

    private FakeMachine fake;

    @BeforeEach
    void aMachine() throws IOException {
        fake = new FakeMachine(root);
        fake.process(700, 1, 900, "mnt:[4026532300]", "/docker/" + ID + "/inner");
        fake.group("docker/" + ID);
        fake.group("docker/" + ID + "/inner", 700);
        fake.process(500, 1, 100, "mnt:[4026531841]", "/system.slice/ssh.service");
        fake.group("system.slice/ssh.service", 500);
    }

    @Test
    void findsOnlyContainers() throws Exception {
        assertThat(new TargetFinder(fake.machine()).all())
                .extracting(Target::id)
                .containsExactly(ID);
        assertThatThrownBy(() -> new TargetFinder(fake.machine()).find("ssh.service"))
                .hasMessageContaining("no container");
        assertThatThrownBy(() -> new TargetFinder(fake.machine()).find("pid:500"))
                .hasMessageContaining("never touched");
    }

    @Test
    void findsTheContainerOfAProcessBelow() throws Exception {
        assertThat(new TargetFinder(fake.machine()).find("pid:700").id()).isEqualTo(ID);
        for (String wrong : new String[] {"pid:", "pid:0", "pid:-1", "pid:7x", "pid:../1", "pid:99999999999"}) {
            assertThatThrownBy(() -> new TargetFinder(fake.machine()).find(wrong))
                    .hasMessageContaining("no process");
        }
    }

    /** Where version 2 has the group but not its processes, version 1 is what counts. */
    @Test
    void takesVersionOneWhereTheProcessesAreThere() throws Exception {
        Files.writeString(root.resolve("cg/docker/" + ID + "/inner/cgroup.procs"), "");
        Path first = root.resolve("v1/docker").resolve(ID);
        Files.createDirectories(first);
        Files.writeString(first.resolve("cgroup.procs"), "700\n");
        Files.writeString(root.resolve("proc/700/cgroup"), "7:freezer:/docker/" + ID + "\n0::/\n");
        Machine here = fake.machine();
        Machine both =
                new Machine(root, here.unified(), Optional.of(root.resolve("v1")), Optional.empty(), here.pins());
        Target found = new TargetFinder(both).find("pid:700");
        assertThat(found.hierarchy()).isEqualTo(Hierarchy.FREEZER);
        assertThat(new TargetFinder(both).all()).hasSize(1);
    }

    @Test
    void holdsNoOtherGroupOfTheSameName() throws Exception {
        Target found = new TargetFinder(fake.machine()).find(ID);
        Files.move(root.resolve("cg/docker").resolve(ID), root.resolve("cg/away"));
        assertThatThrownBy(found::hold).isInstanceOf(NoSuchFileException.class);
        fake.group("docker/" + ID, 700);
        assertThatThrownBy(found::hold).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void countsMembersOfGroupsOfThreads() throws Exception {
        Path group = fake.group("threads", 7);
        Files.delete(group.resolve("cgroup.procs"));
        Files.writeString(group.resolve("cgroup.type"), "threaded\n");
        Files.writeString(group.resolve("cgroup.threads"), "7\n8\n");
        assertThat(Members.numbers(group)).containsExactly(7, 8);
        assertThatThrownBy(() -> Members.numbers(root.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }
}
