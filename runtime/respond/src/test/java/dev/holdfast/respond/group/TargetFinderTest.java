package dev.holdfast.respond.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.InputException;
import dev.holdfast.respond.FakeMachine;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(new TargetFinder(fake.machine()).find("pid:700").getFirst().id())
                .isEqualTo(ID);
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
        Target found = new TargetFinder(both).find("pid:700").getFirst();
        assertThat(found.hierarchy()).isEqualTo(Hierarchy.FREEZER);
        assertThat(new TargetFinder(both).all()).hasSize(1);
    }

    @Test
    void holdsNoOtherGroupOfTheSameName() throws Exception {
        Target found = new TargetFinder(fake.machine()).find(ID).getFirst();
        Files.move(root.resolve("cg/docker").resolve(ID), root.resolve("cg/away"));
        assertThatThrownBy(found::hold).isInstanceOf(NoSuchFileException.class);
        fake.group("docker/" + ID, 700);
        assertThatThrownBy(found::hold).isInstanceOf(NoSuchFileException.class);
    }

    /** Names that are chosen to be taken for another container's. */
    @Test
    void isNotMisledByNamesThatLookLikeIds() throws Exception {
        String other = "f".repeat(64);
        fake.process(800, 1, 900, "mnt:[4026532300]", "/docker/" + other);
        fake.group("docker/" + other, 800);
        TargetFinder finder = new TargetFinder(fake.machine());
        fake.docker(other, ID, "", Optional.empty());
        assertThat(finder.find(ID)).extracting(Target::id).containsExactly(ID);
        fake.docker(other, ID.substring(0, 12), "", Optional.empty());
        assertThatThrownBy(() -> finder.find(ID.substring(0, 12))).hasMessageContaining("tells them apart");
        fake.docker(other, "0123", "", Optional.empty());
        assertThat(finder.find("0123")).extracting(Target::id).containsExactly(other);
        fake.docker(other, "web", "", Optional.empty());
        for (String none : List.of("we", "web/", "/web", "../web", "docker/" + other, "", "pid:", "pid:\0", "*")) {
            assertThatThrownBy(() -> finder.find(none)).as(none).isInstanceOf(InputException.class);
        }
        fake.process(900, 1, 900, "mnt:[4026532300]", "/web");
        fake.group("web", 900);
        fake.runc("web", "");
        assertThatThrownBy(() -> finder.find("web")).hasMessageContaining("tells them apart");
    }

    /** runc lets ids begin with any of these. */
    @Test
    void findsContainersThatAreCalledLikeOptions() throws Exception {
        for (String id : List.of("--act", "-x", "+", ".hidden")) {
            fake.group(id, 700);
            fake.runc(id, "");
            assertThat(new TargetFinder(fake.machine()).find(id))
                    .extracting(Target::id)
                    .containsExactly(id);
        }
    }

    /** A user who was given groups of his own makes one that is called like a container of root's. */
    @Test
    void passesOverADecoy() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give folders away");
        String name = "user.slice/user@1000.service/docker-" + ID + ".scope";
        fake.group(name, 500);
        Files.setAttribute(root.resolve("cg/user.slice/user@1000.service"), "unix:uid", 1000);
        assertThat(new TargetFinder(fake.machine()).find(ID))
                .extracting(target -> target.group().path())
                .containsExactly("/docker/" + ID);
    }

    /** As a container is shown it: the paths below are others than those of /proc. */
    @Test
    void takesNoPartOfAHierarchyForTheWhole() throws Exception {
        Path mounts = root.resolve("proc/self/mountinfo");
        Files.writeString(mounts, Files.readString(mounts).replace(" / ", " /docker/" + ID + " "));
        assertThatThrownBy(() -> new TargetFinder(fake.machine()).find(ID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mounted whole");
    }

    @Test
    void countsProcessesOfGroupsOfThreadsOnce() throws Exception {
        Path group = fake.group("threads", 7);
        Path below = fake.group("threads/below");
        Files.delete(below.resolve("cgroup.procs"));
        Files.writeString(below.resolve("cgroup.type"), "threaded\n");
        Files.writeString(below.resolve("cgroup.threads"), "7\n8\n");
        assertThat(Members.numbers(group)).containsExactly(7);
        assertThatThrownBy(() -> Members.numbers(below)).hasMessageContaining("no whole container");
        assertThatThrownBy(() -> Members.numbers(root.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }
}
