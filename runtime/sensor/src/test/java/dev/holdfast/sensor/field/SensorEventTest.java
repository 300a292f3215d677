package dev.holdfast.sensor.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.HostFields;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.Container.HostParts;
import dev.holdfast.sensor.container.Container.Mount;
import dev.holdfast.sensor.container.Container.Pod;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.RecordBuilder;
import dev.holdfast.sensor.libbpf.Bytes;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.ProcFiles;
import dev.holdfast.sensor.process.ProcessTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SensorEventTest {
    private final ProcessTable table = new ProcessTable(new ProcFiles(Path.of("/nonexistent")));
    private final KernelEvent kernel = new KernelEvent();
    private final SensorEvent event = new SensorEvent(new Users(Path.of("/nonexistent")));
    private Identity identity = Identity.HOST;

    private void happens(RecordBuilder record) {
        assertThat(kernel.read(
                        Bytes.of(record.header("pid", 10).header("started", 1).build())))
                .isTrue();
        KernelProcess process = table.follow(kernel);
        event.fill(kernel, process, identity, ProcessMemory.NONE, 0, 1);
    }

    private String value(String name) {
        Value value = new Value();
        int open = name.indexOf('[');
        FieldCatalogue catalogue = FieldCatalogue.standard();
        Optional<FieldUse> use = open < 0
                ? catalogue.use(Event.SYSCALL, name)
                : catalogue.use(Event.SYSCALL, name.substring(0, open), name.substring(open + 1, name.length() - 1));
        event.read(use.orElseThrow(), value);
        return value.toString();
    }

    private static RecordBuilder open(String path, String given, int flags, long result) {
        return RecordBuilder.of(Kind.OPENAT)
                .header("result", result)
                .set("flags", flags)
                .set("file_mode", result < 0 ? 0 : 0100644)
                .text("path_bytes", path)
                .text("given_bytes", given)
                .text("base_bytes", result < 0 ? "/srv" : "");
    }

    @Test
    void namesTheRealFileOfAnOpen() {
        happens(open("/etc/shadow", "/tmp/link", 0x241, 3));
        assertThat(value("evt.type")).isEqualTo("<NA>"); // of the event's head: the engine reads it there
        assertThat(event.type().name()).isEqualTo("openat");
        assertThat(value("fd.name")).isEqualTo("/etc/shadow");
        assertThat(value("fd.nameraw")).isEqualTo("/tmp/link");
        assertThat(value("fd.directory")).isEqualTo("/etc");
        assertThat(value("fd.filename")).isEqualTo("shadow");
        assertThat(value("fd.num")).isEqualTo("3");
        assertThat(value("fd.typechar")).isEqualTo("f");
        assertThat(value("evt.is_open_write")).isEqualTo("true");
        assertThat(value("evt.is_open_read")).isEqualTo("false");
        assertThat(value("evt.arg.flags")).contains("O_WRONLY", "O_CREAT", "O_TRUNC");
        assertThat(value("evt.res")).isEqualTo("SUCCESS");
    }

    @Test
    void namesAFileThatCouldNotBeOpenedAsItWasGiven() {
        happens(open("", "../etc/x", 0, -13));
        assertThat(value("fd.name")).isEqualTo("/etc/x");
        assertThat(value("fd.nameraw")).isEqualTo("../etc/x");
        assertThat(value("fd.num")).isEqualTo("-1");
        assertThat(value("evt.res")).isEqualTo("EACCES");
        assertThat(value("evt.rawres")).isEqualTo("-13");
        assertThat(value("evt.failed")).isEqualTo("true");
    }

    @Test
    void countsArgumentsWithoutTheBlanksBetween() {
        happens(RecordBuilder.of(Kind.EXECVE)
                .bytes("comm", "tar".getBytes(StandardCharsets.UTF_8))
                .text("exe_bytes", "/bin/tar")
                .text("given_bytes", "")
                .text("args_bytes", "tar\0-xf\0a.tar\0")
                .text("cwd_bytes", "/")
                .text("env_bytes", ""));
        assertThat(value("proc.cmdline")).isEqualTo("tar -xf a.tar");
        assertThat(value("proc.cmdnargs")).isEqualTo("2");
        assertThat(value("proc.cmdlenargs")).isEqualTo("8");
        assertThat(value("proc.aargs[0]")).isEqualTo("-xf a.tar");
        assertThat(value("evt.count")).isEqualTo("1");
    }

    /** Which rules can hold for the host is found out by these values, without an event: they must be what events of the host have. */
    @Test
    void saysOfTheHostWhatIsSaidOfItBeforehand() {
        identity = Identity.HOST;
        happens(open("/etc/hosts", "/etc/hosts", 0, 3));
        int known = 0;
        for (Field field : FieldCatalogue.standard().fields(Event.SYSCALL)) {
            Value expected = new Value();
            if (HostFields.read(field.name(), expected)) {
                assertThat(value(field.name())).as(field.name()).isEqualTo(expected.toString());
                known++;
            }
        }
        assertThat(known).isEqualTo(14);
        identity = Identity.PENDING;
        happens(open("/etc/hosts", "/etc/hosts", 0, 3));
        assertThat(value("container.id")).as("of whom nothing is known").isEqualTo("<NA>");
    }

    /** Rules are found by the bytes of a path where it lies in the record: they must be those of the text that is read. */
    @Test
    void pathsLieWhereTheySayThatTheyDo() {
        String[] names = {"fd.name", "fd.nameraw", "fd.directory", "fd.filename"};
        String[] paths = {"/etc/shadow", "/etc", "/", "/tmp/", "memfd:x", "x", "", "/\u00e9t\u00e9/\ufffd", "//a//b"};
        int located = 0;
        for (String path : paths) {
            for (String given : paths) {
                for (int flags : new int[] {0, KernelEvent.PATH_CUT, KernelEvent.TEXT_CUT}) {
                    happens(open(path, given, 0, path.isEmpty() ? -2 : 3).header("flags", flags));
                    for (String name : names) {
                        TextPlace place = new TextPlace();
                        FieldUse use = FieldCatalogue.standard()
                                .use(Event.SYSCALL, name)
                                .orElseThrow();
                        if (event.locate(use, place)) {
                            located++;
                            assertThat(new String(
                                            place.bytes(),
                                            place.from(),
                                            place.end() - place.from(),
                                            StandardCharsets.UTF_8))
                                    .as("%s of %s given as %s, %d", name, path, given, flags)
                                    .isEqualTo(value(name));
                        }
                    }
                }
            }
        }
        assertThat(located).isGreaterThan(300);
    }

    @Test
    void itsAspectSaysWhatItsFieldsSay() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        Kind[] kinds = {Kind.OPEN, Kind.OPENAT, Kind.OPENAT2, Kind.CREAT};
        Set<Integer> aspects = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            long result = random.nextInt(3) == 0 ? -1 - random.nextInt(40) : random.nextInt(1_000);
            happens(RecordBuilder.of(kinds[random.nextInt(kinds.length)])
                    .header("result", result)
                    .set("flags", random.nextInt(4) | (random.nextInt(4) == 0 ? Flags.O_PATH : 0))
                    .set("file_mode", random.nextBoolean() ? 0040755 : 0100644));
            assertThat(event.aspect()).isNotEqualTo(OpenAspect.UNKNOWN);
            aspects.add(event.aspect());
            for (Field field : FieldCatalogue.standard().all()) {
                Value least = new Value();
                Value most = new Value();
                if (!field.isCommon() && OpenAspect.read(event.aspect(), field.name(), least, most)) {
                    Value value = new Value();
                    event.read(FieldUse.of(field), value);
                    assertThat(value.kind()).isEqualTo(least.kind());
                    if (value.kind() == Value.Kind.LONG) {
                        assertThat(value.number())
                                .as("seed %d: %s of %d", seed, field.name(), result)
                                .isBetween(least.number(), most.number());
                    } else {
                        assertThat(value)
                                .as("seed %d: %s of %d", seed, field.name(), result)
                                .hasToString(least.toString());
                    }
                }
            }
        }
        assertThat(aspects).hasSizeGreaterThan(10);
        happens(RecordBuilder.of(Kind.UNLINK).text("path1_bytes", "/x"));
        assertThat(event.aspect()).isEqualTo(OpenAspect.UNKNOWN);
    }

    @Test
    void namesBothPathsOfARename() {
        happens(RecordBuilder.of(Kind.RENAMEAT)
                .text("path1_bytes", "a")
                .text("base1_bytes", "/x")
                .text("path2_bytes", "/usr/bin/../b")
                .text("base2_bytes", ""));
        assertThat(value("evt.arg.oldpath")).isEqualTo("/x/a");
        assertThat(value("evt.arg.newpath")).isEqualTo("/usr/b");
        assertThat(value("fs.path.source")).isEqualTo("/x/a");
        assertThat(value("fs.path.targetraw")).isEqualTo("/usr/bin/../b");
        assertThat(value("evt.arg.path")).isEqualTo("<NA>");
        assertThat(value("evt.abspath.src")).isEqualTo("/x/a");
        assertThat(value("evt.abspath.dst")).isEqualTo("/usr/b");
    }

    @Test
    void givesTheOnePathOfACallForEitherEnd() {
        happens(open("/etc/real", "given", 3, 3));
        assertThat(value("evt.abspath.src")).isEqualTo("/etc/real");
        assertThat(value("evt.abspath.dst")).isEqualTo("/etc/real");
    }

    @Test
    void keepsTheTargetOfALinkAsItWasGiven() {
        happens(RecordBuilder.of(Kind.SYMLINKAT)
                .text("path1_bytes", "/etc/shadow")
                .text("base1_bytes", "")
                .text("path2_bytes", "ln")
                .text("base2_bytes", "/tmp"));
        assertThat(value("evt.arg.target")).isEqualTo("/etc/shadow");
        assertThat(value("evt.arg.linkpath")).isEqualTo("/tmp/ln");
        assertThat(value("fs.path.source")).isEqualTo("/tmp/ln");
        assertThat(value("fs.path.target")).isEqualTo("/etc/shadow");
    }

    @Test
    void takesANewNameForTheSourceOfALinkAsFalcoDoes() {
        happens(RecordBuilder.of(Kind.LINKAT)
                .text("path1_bytes", "shadow")
                .text("base1_bytes", "/etc")
                .text("path2_bytes", "/tmp/second")
                .text("base2_bytes", ""));
        assertThat(value("evt.arg.oldpath")).isEqualTo("/etc/shadow");
        assertThat(value("evt.arg.newpath")).isEqualTo("/tmp/second");
        assertThat(value("fs.path.source")).isEqualTo("/tmp/second");
        assertThat(value("fs.path.target")).isEqualTo("/etc/shadow");
    }

    @Test
    void namesALogThatLeadsToAPipeAsItWasGiven() {
        happens(open("/", "/var/log/nginx/access.log", 0x441, 4).set("file_mode", 0010600));
        assertThat(value("fd.name")).isEqualTo("/var/log/nginx/access.log");
        happens(open("/", "/srv/..", 0, 4).set("file_mode", 0040755));
        assertThat(value("fd.name")).isEqualTo("/");
    }

    @Test
    void namesTheModeOfAChmod() {
        happens(RecordBuilder.of(Kind.FCHMODAT)
                .set("value1", 04755)
                .text("path1_bytes", "/x")
                .text("base1_bytes", "")
                .text("path2_bytes", "")
                .text("base2_bytes", ""));
        assertThat(value("evt.arg.mode")).contains("S_ISUID", "S_IXOTH").doesNotContain("S_ISGID");
        assertThat(value("evt.arg.filename")).isEqualTo("/x");
    }

    @Test
    void tellsBothEndsOfAConnection() {
        happens(RecordBuilder.of(Kind.CONNECT)
                .header("result", -115)
                .set("fd", 5)
                .set("family", 2)
                .set("protocol", 6)
                .set("local_port", 40_000)
                .set("remote_port", 443)
                .bytes("local", new byte[] {10, 0, 0, 1})
                .bytes("remote", new byte[] {(byte) 200, 2, 3, 4}));
        assertThat(value("fd.name")).isEqualTo("10.0.0.1:40000->200.2.3.4:443");
        assertThat(value("fd.sip")).isEqualTo("200.2.3.4");
        assertThat(value("fd.cip")).isEqualTo("10.0.0.1");
        assertThat(value("fd.lip")).isEqualTo("10.0.0.1");
        assertThat(value("fd.rip")).isEqualTo("200.2.3.4");
        assertThat(value("fd.sport")).isEqualTo("443");
        assertThat(value("fd.lport")).isEqualTo("40000");
        assertThat(value("fd.type")).isEqualTo("ipv4");
        assertThat(value("fd.l4proto")).isEqualTo("tcp");
        assertThat(value("fd.ip")).isEqualTo("(10.0.0.1,200.2.3.4)");
        assertThat(value("evt.res")).isEqualTo("EINPROGRESS");
    }

    @Test
    void takesAddressesOfIpv4InIpv6ForWhatTheyAre() {
        happens(RecordBuilder.of(Kind.ACCEPT4)
                .set("family", 10)
                .set("protocol", 6)
                .set("local_port", 80)
                .set("remote_port", 50_000)
                .bytes("remote", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 8, 8, 4, 4}));
        assertThat(value("fd.cip")).isEqualTo("8.8.4.4");
        assertThat(value("fd.is_server")).isEqualTo("true");
    }

    @Test
    void namesRequestsAndCommands() {
        byte[] arguments = new byte[48];
        arguments[0] = 5;
        happens(RecordBuilder.of(Kind.BPF).bytes("argument", arguments));
        assertThat(value("evt.arg.cmd")).isEqualTo("BPF_PROG_LOAD");
        happens(RecordBuilder.of(Kind.PTRACE).bytes("argument", arguments));
        assertThat(value("evt.arg.request")).isEqualTo("PTRACE_POKEDATA");
        happens(RecordBuilder.of(Kind.SETUID).bytes("argument", new byte[48]));
        assertThat(value("evt.arg.uid")).isEqualTo("root");
        arguments[0] = 0;
        arguments[3] = 0x10;
        happens(RecordBuilder.of(Kind.UNSHARE).bytes("argument", arguments));
        assertThat(value("evt.arg.flags")).isEqualTo("CLONE_NEWUSER");
    }

    @Test
    void tellsWhatAProcessRuns() {
        happens(RecordBuilder.of(Kind.EXECVE)
                .set("own_pid", 1)
                .set("group", 1)
                .set("login_uid", 0)
                .set("effective", 1L << 21 | 1)
                .bytes("comm", "sh".getBytes(StandardCharsets.UTF_8))
                .text("exe_bytes", "/usr/bin/dash")
                .text("given_bytes", "/bin/sh")
                .text("args_bytes", "/bin/sh\0-c\0id; x\0")
                .text("cwd_bytes", "/srv")
                .text("env_bytes", "LD_PRELOAD=/x.so\0HOME=/\0"));
        assertThat(value("proc.name")).isEqualTo("sh");
        assertThat(value("proc.exe")).isEqualTo("/bin/sh");
        assertThat(value("proc.exepath")).isEqualTo("/usr/bin/dash");
        assertThat(value("proc.args")).isEqualTo("-c id; x");
        assertThat(value("proc.cmdline")).isEqualTo("sh -c id; x");
        assertThat(value("proc.cwd")).isEqualTo("/srv/");
        assertThat(value("proc.env[LD_PRELOAD]")).isEqualTo("/x.so");
        assertThat(value("proc.env")).contains("HOME=/");
        assertThat(value("proc.is_vpgid_leader")).isEqualTo("true");
        assertThat(value("thread.cap_effective")).isEqualTo("CAP_CHOWN CAP_SYS_ADMIN");
        assertThat(value("user.loginname")).isEqualTo("root");
        assertThat(value("proc.pname")).isEqualTo("<NA>");
    }

    @Test
    void tellsWhoseItIs() {
        identity = new Identity.Known(new Container(
                "f".repeat(64),
                Engine.CONTAINERD,
                Optional.of("app"),
                Optional.of("r.example/api:2"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Pod("p-1", "shop", "u")),
                Map.of("team", "x"),
                Optional.of(true),
                List.of(new Mount("/etc", "/host/etc", "", true, "")),
                0,
                new HostParts(false, false, false),
                Optional.empty()));
        happens(open("/x", "/x", 0, 3));
        assertThat(value("container.id")).isEqualTo("f".repeat(12));
        assertThat(value("container.image.repository")).isEqualTo("r.example/api");
        assertThat(value("container.image.tag")).isEqualTo("2");
        assertThat(value("container.privileged")).isEqualTo("true");
        assertThat(value("container.mount.dest[/etc]")).isEqualTo("/host/etc");
        assertThat(value("container.mount.dest[/et*]")).isEqualTo("/host/etc");
        assertThat(value("container.mount.dest[/proc*]")).isEqualTo("<NA>");
        assertThat(value("container.label[team]")).isEqualTo("x");
        assertThat(value("k8s.ns.name")).isEqualTo("shop");
        assertThat(value("k8s.pod.name")).isEqualTo("p-1");
        identity = Identity.HOST;
        happens(open("/x", "/x", 0, 3));
        assertThat(value("container.id")).isEqualTo("host");
        assertThat(value("container.image.repository")).isEqualTo("<NA>");
        identity = new Identity.Unknown("f".repeat(64), Engine.DOCKER);
        happens(open("/x", "/x", 0, 3));
        assertThat(value("container.id")).isEqualTo("f".repeat(12));
        assertThat(value("container.name")).isEqualTo("<NA>");
    }

    /** Every field on every kind: absent or not, never an exception. */
    @Test
    void answersForEveryFieldOfEveryKind() {
        for (Kind kind : Kind.values()) {
            happens(RecordBuilder.of(kind));
            for (Field field : FieldCatalogue.standard().fields(Event.SYSCALL)) {
                if (!field.isCommon()) {
                    event.read(
                            field.argument().isRequired() ? FieldUse.of(field, "1") : FieldUse.of(field), new Value());
                }
            }
        }
    }
}
