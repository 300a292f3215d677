package dev.holdfast.sensor.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.libbpf.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelEventTest {
    private final KernelEvent event = new KernelEvent();

    private void read(RecordBuilder record) {
        assertThat(event.read(Bytes.of(record.build()))).isTrue();
    }

    @Test
    void numbersKindsAsTheKernelProgramsDo() {
        new EventHeader()
                .types()
                .forEach((name, number) ->
                        assertThat(Kind.of(number).map(Enum::name)).hasValue(name));
        assertThat(new EventHeader().types()).hasSize(Kind.values().length);
    }

    @Test
    void readsTheHeader() {
        read(RecordBuilder.of(Kind.EXIT)
                .header("flags", 0x8003)
                .header("tid", 71)
                .header("time", 72L << 40)
                .header("cgroup", 73L << 40)
                .header("started", 74L << 40)
                .header("pid", 75)
                .header("uid", 76)
                .header("result", -77)
                .header("gid", 78));
        assertThat(event.kind()).isEqualTo(Kind.EXIT);
        assertThat(event.flags()).isEqualTo(0x8003);
        assertThat(event.tid()).isEqualTo(71);
        assertThat(event.bootNanos()).isEqualTo(72L << 40);
        assertThat(event.cgroup()).isEqualTo(73L << 40);
        assertThat(event.started()).isEqualTo(74L << 40);
        assertThat(event.pid()).isEqualTo(75);
        assertThat(event.uid()).isEqualTo(76);
        assertThat(event.result()).isEqualTo(-77);
        assertThat(event.gid()).isEqualTo(78);
    }

    @Test
    void readsAnOpenedFile() {
        read(RecordBuilder.of(Kind.OPENAT)
                .set("flags", 0x241)
                .set("mode", 0644)
                .set("inode", 5L << 33)
                .set("device", 0x1f00003)
                .set("file_mode", 0100644)
                .text("path_bytes", "/etc/shadow")
                .text("given_bytes", "../ln")
                .text("base_bytes", ""));
        assertThat(event.openFlags()).isEqualTo(0x241);
        assertThat(event.openMode()).isEqualTo(0644);
        assertThat(event.inode()).isEqualTo(5L << 33);
        assertThat(event.device()).isEqualTo(0x1f00003);
        assertThat(event.fileMode()).isEqualTo(0100644);
        assertThat(event.openedPath()).isEqualTo("/etc/shadow");
        assertThat(event.givenPath()).isEqualTo("../ln");
        assertThat(event.openBase()).isEmpty();
    }

    @Test
    void readsPathsWithWhereTheyStart() {
        read(RecordBuilder.of(Kind.RENAMEAT2)
                .set("value1", 7)
                .set("value2", 8)
                .text("path1_bytes", "a")
                .text("base1_bytes", "/one")
                .text("path2_bytes", "b")
                .text("base2_bytes", "/two"));
        assertThat(event.pathValue1()).isEqualTo(7);
        assertThat(event.pathValue2()).isEqualTo(8);
        assertThat(event.path1() + event.base1() + event.path2() + event.base2())
                .isEqualTo("a/oneb/two");
    }

    @Test
    void readsASocket() {
        read(RecordBuilder.of(Kind.CONNECT)
                .set("fd", 3)
                .set("family", 2)
                .set("kind", 1)
                .set("protocol", 6)
                .set("state", 2)
                .set("local_port", 40_000)
                .set("remote_port", 443)
                .bytes("local", new byte[] {10, 0, 0, 1})
                .bytes("remote", new byte[] {1, 2, 3, 4})
                .set("value", 9)
                .text("path_bytes", "/run/s"));
        assertThat(event.socketDescriptor()).isEqualTo(3);
        assertThat(event.family()).isEqualTo(2);
        assertThat(event.socketKind()).isEqualTo(1);
        assertThat(event.protocol()).isEqualTo(6);
        assertThat(event.socketState()).isEqualTo(2);
        assertThat(event.localPort()).isEqualTo(40_000);
        assertThat(event.remotePort()).isEqualTo(443);
        assertThat(event.localByte(0)).isEqualTo(10);
        assertThat(event.remoteByte(3)).isEqualTo(4);
        assertThat(event.socketValue()).isEqualTo(9);
        assertThat(event.localName()).isEqualTo("/run/s");
    }

    @Test
    void readsACallWithItsTexts() {
        byte[] arguments = new byte[48];
        arguments[40] = 6;
        read(RecordBuilder.of(Kind.FINIT_MODULE)
                .bytes("argument", arguments)
                .text("text1_bytes", "one")
                .text("text2_bytes", "two")
                .text("path_bytes", "/lib/m.ko"));
        assertThat(event.argument(5)).isEqualTo(6);
        assertThat(event.text1()).isEqualTo("one");
        assertThat(event.text2()).isEqualTo("two");
        assertThat(event.descriptorPath()).isEqualTo("/lib/m.ko");
    }

    @Test
    void readsWhatAFileIsChangedTo() {
        read(RecordBuilder.of(Kind.FCHOWNAT)
                .set("value1", 1L << 40)
                .set("value2", 2)
                .set("value3", 3)
                .set("folder", -100)
                .text("path_bytes", "a")
                .text("base_bytes", "/one")
                .text("name_bytes", "user.x"));
        assertThat(event.fileValue(0)).isEqualTo(1L << 40);
        assertThat(event.fileValue(1)).isEqualTo(2);
        assertThat(event.fileValue(2)).isEqualTo(3);
        assertThat(event.fileFolder()).isEqualTo(-100);
        assertThat(event.path1() + event.base1() + event.attribute()).isEqualTo("a/oneuser.x");
    }

    @Test
    void readsAnExecution() {
        read(execution());
        assertThat(event.parentPid()).isEqualTo(1);
        assertThat(event.ownPid()).isEqualTo(2);
        assertThat(event.parentStarted()).isEqualTo(3);
        assertThat(event.session()).isEqualTo(4);
        assertThat(event.processGroup()).isEqualTo(5);
        assertThat(event.loginUid()).isEqualTo(-1);
        assertThat(event.terminal()).isEqualTo(34_816);
        assertThat(event.executableInode()).isEqualTo(6);
        assertThat(event.executableChanged()).isEqualTo(7);
        assertThat(event.executableModified()).isEqualTo(8);
        assertThat(event.effectiveCapabilities()).isEqualTo(9);
        assertThat(event.permittedCapabilities()).isEqualTo(10);
        assertThat(event.inheritableCapabilities()).isEqualTo(11);
        assertThat(event.mountNamespace()).isEqualTo(12);
        assertThat(event.pidNamespace()).isEqualTo(13);
        assertThat(event.executableBits()).isEqualTo(KernelEvent.MEMFD);
        assertThat(event.execName()).isEqualTo("sh");
        assertThat(event.executablePath()).isEqualTo("/usr/bin/dash");
        assertThat(event.givenProgram()).isEqualTo("/bin/sh");
        assertThat(event.arguments()).isEqualTo("sh\0-c\0id\0");
        assertThat(event.folder()).isEqualTo("/srv");
        assertThat(event.environment()).isEqualTo("A=1\0");
    }

    static RecordBuilder execution() {
        return RecordBuilder.of(Kind.EXECVE)
                .set("parent_pid", 1)
                .set("own_pid", 2)
                .set("parent_started", 3)
                .set("session", 4)
                .set("group", 5)
                .set("login_uid", -1)
                .set("tty", 34_816)
                .set("inode", 6)
                .set("changed", 7)
                .set("modified", 8)
                .set("effective", 9)
                .set("permitted", 10)
                .set("inheritable", 11)
                .set("mount_namespace", 12)
                .set("pid_namespace", 13)
                .set("bits", KernelEvent.MEMFD)
                .bytes("comm", "sh".getBytes(StandardCharsets.UTF_8))
                .text("exe_bytes", "/usr/bin/dash")
                .text("given_bytes", "/bin/sh")
                .text("args_bytes", "sh\0-c\0id\0")
                .text("cwd_bytes", "/srv")
                .text("env_bytes", "A=1\0");
    }

    @Test
    void readsForksNamesAndControlGroups() {
        read(RecordBuilder.of(Kind.FORK)
                .set("child_pid", 20)
                .set("parent_pid", 21)
                .set("child_started", 22)
                .set("own_pid", 23)
                .bytes("comm", "child".getBytes(StandardCharsets.UTF_8)));
        assertThat(event.childPid()).isEqualTo(20);
        assertThat(event.childsParentPid()).isEqualTo(21);
        assertThat(event.childStarted()).isEqualTo(22);
        assertThat(event.childOwnPid()).isEqualTo(23);
        assertThat(event.childName()).isEqualTo("child");
        read(RecordBuilder.of(Kind.NAME).bytes("comm", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        assertThat(event.newName()).isEqualTo("0123456789abcdef");
        read(RecordBuilder.of(Kind.CGROUP_MKDIR)
                .set("id", 30L << 32)
                .set("pid", 31)
                .text("path_bytes", "/docker/x"));
        assertThat(event.cgroupId()).isEqualTo(30L << 32);
        assertThat(event.movedPid()).isEqualTo(31);
        assertThat(event.cgroupPath()).isEqualTo("/docker/x");
    }

    @Test
    void refusesRecordsThatAreCutOff() {
        byte[] whole = execution().build();
        for (int length = 0; length < whole.length; length++) {
            assertThat(event.read(Bytes.of(Arrays.copyOf(whole, length)))).isFalse();
        }
    }

    @Test
    void refusesOtherVersionsAndKinds() {
        byte[] record = execution().build();
        record[1] = 9;
        assertThat(event.read(Bytes.of(record))).isFalse();
        record[1] = KernelEvent.VERSION;
        record[0] = (byte) 200;
        assertThat(event.read(Bytes.of(record))).isFalse();
    }

    @Test
    void readsBytesThatAreNoText() {
        byte[] record = RecordBuilder.of(Kind.OPEN).text("path_bytes", "/x?").build();
        record[record.length - 1] = (byte) 0xff;
        assertThat(event.read(Bytes.of(record))).isTrue();
        assertThat(event.openedPath()).isEqualTo("/x\uFFFD");
    }

    @Test
    void keepsTextsOfManyNamesApart() {
        for (int i = 0; i < 20_000; i++) {
            read(RecordBuilder.of(Kind.OPEN).text("path_bytes", "/var/" + i % 6_000));
            assertThat(event.openedPath()).isEqualTo("/var/" + i % 6_000);
        }
    }

    @Test
    void readsNoiseWithoutFailing() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = (byte) random.nextInt(100);
                noise[1] = KernelEvent.VERSION;
            }
            String where = String.format(Locale.ROOT, "seed %d, record %d", seed, i);
            if (event.read(Bytes.of(noise))) {
                assertThat(touch()).as(where).isNotNull();
            }
        }
    }

    private String touch() {
        return switch (event.kind().body()) {
            case NONE -> "";
            case OPEN -> event.openedPath() + event.givenPath() + event.openBase();
            case PATHS -> event.path1() + event.base1() + event.path2() + event.base2();
            case SOCKET -> event.localName() + event.remoteByte(15);
            case CALL -> event.text1() + event.text2() + event.descriptorPath() + event.argument(5);
            case FILE -> event.path1() + event.base1() + event.attribute() + event.fileValue(2) + event.fileFolder();
            case EXEC -> event.executablePath() + event.arguments() + event.environment() + event.execName();
            case FORK -> event.childName();
            case NAME -> event.newName();
            case CGROUP -> event.cgroupPath();
        };
    }
}
