package dev.holdfast.watch.scap;

import static dev.holdfast.watch.scap.CaptureBuilder.number;
import static dev.holdfast.watch.scap.CaptureBuilder.string;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureReplayTest {
    private static final long SOME = 500;
    private static final byte[] OK = number(0, 8);
    private static final byte[] HERE = number(-100, 8);

    private static CaptureBuilder withShell() {
        return CaptureBuilder.begun()
                .process(1, 0, "init", "/sbin/init", "/", "")
                .process(SOME, 1, "sh", "/bin/sh", "/home/a", "");
    }

    @Test
    void resolvesPathsAgainstTheWorkingFolder() throws Exception {
        List<List<String>> events = withShell()
                .event(
                        3,
                        SOME,
                        number(4, 8),
                        string("../b/./c"),
                        number(1, 4),
                        number(0, 4),
                        number(0, 4),
                        number(7, 8))
                .read(false, "fd.num", "fd.name", "fd.nameraw", "fd.directory", "fd.filename", "evt.is_open_read");
        assertThat(events).containsExactly(List.of("open", "4", "/home/b/c", "../b/./c", "/home/b", "c", "true"));
    }

    @Test
    void resolvesPathsAgainstTheDescriptorOfAFolder() throws Exception {
        List<List<String>> events = withShell()
                .event(
                        307,
                        SOME,
                        number(5, 8),
                        HERE,
                        string("/srv"),
                        number(1 << 10, 4),
                        number(0, 4),
                        number(0, 4),
                        number(1, 8))
                .event(
                        307,
                        SOME,
                        number(6, 8),
                        number(5, 8),
                        string("www/x"),
                        number(2, 4),
                        number(0, 4),
                        number(0, 4),
                        number(2, 8))
                .event(305, SOME, OK, number(5, 8), string("new"), number(0755, 4))
                .read(false, "fd.typechar", "fd.name", "evt.arg.path");
        assertThat(events)
                .containsExactly(
                        List.of("openat", "d", "/srv", "<NA>"),
                        List.of("openat", "f", "/srv/www/x", "<NA>"),
                        List.of("mkdirat", "<NA>", "<NA>", "/srv/new"));
    }

    @Test
    void tellsWhichFileCouldNotBeOpened() throws Exception {
        assertThat(withShell()
                        .event(
                                3,
                                SOME,
                                number(-13, 8),
                                string("/etc/shadow"),
                                number(1, 4),
                                number(0, 4),
                                number(0, 4),
                                number(0, 8))
                        .read(false, "fd.num", "fd.name", "evt.res", "evt.rawres", "evt.failed"))
                .containsExactly(List.of("open", "-1", "/etc/shadow", "EACCES", "-13", "true"));
    }

    @Test
    void joinsEntryAndReturnOfOldCaptures() throws Exception {
        CaptureBuilder capture = withShell()
                .event(102, SOME, HERE, string("notes"), number(3, 4), number(0, 4))
                .event(103, SOME, number(3, 8))
                .event(4, SOME, number(3, 8))
                .event(5, SOME, OK);
        assertThat(capture.read(false, "fd.name", "evt.is_open_write", "evt.arg.flags"))
                .containsExactly(
                        List.of("openat", "/home/a/notes", "true", "O_RDWR"),
                        List.of("close", "/home/a/notes", "false", "<NA>"));
        assertThat(capture.read(true))
                .containsExactly(List.of("openat"), List.of("openat"), List.of("close"), List.of("close"));
    }

    @Test
    void followsForkAndExec() throws Exception {
        byte[][] child = clone(0, 600, SOME, "sh", "/bin/sh");
        List<List<String>> events = withShell()
                .event(223, SOME, clone(600, SOME, 1, "sh", "/bin/sh"))
                .event(223, 600, child)
                .event(293, 600, exec(600, SOME, "curl", "curl", "-s\0http://x\0", "/usr/bin/curl"))
                .read(
                        false,
                        "proc.name",
                        "proc.exepath",
                        "proc.cmdline",
                        "proc.pname",
                        "proc.aname[2]",
                        "proc.pid",
                        "proc.ppid");
        assertThat(events.get(1)).containsExactly("clone", "sh", "/bin/sh", "sh", "sh", "init", "600", "500");
        assertThat(events.get(2))
                .containsExactly("execve", "curl", "/usr/bin/curl", "curl -s http://x", "sh", "init", "600", "500");
    }

    private static byte[][] clone(long result, long pid, long parent, String name, String exe) {
        return new byte[][] {
            number(result, 8),
            string(exe),
            new byte[0],
            number(pid, 8),
            number(pid, 8),
            number(parent, 8),
            string(""),
            number(1024, 8),
            number(0, 8),
            number(0, 8),
            number(0, 4),
            number(0, 4),
            number(0, 4),
            string(name),
            new byte[0],
            number(0, 4),
            number(33, 4),
            number(33, 4),
            number(pid, 8),
            number(pid, 8)
        };
    }

    private static byte[][] exec(long pid, long parent, String name, String exe, String arguments, String path) {
        return new byte[][] {
            number(0, 8),
            string(exe),
            arguments.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            number(pid, 8),
            number(pid, 8),
            number(parent, 8),
            string(""),
            number(1024, 8),
            number(0, 8),
            number(0, 8),
            number(0, 4),
            number(0, 4),
            number(0, 4),
            string(name),
            new byte[0],
            string("PATH=/bin"),
            number(34816, 4),
            number(pid, 8),
            number(1000, 4),
            number(6, 4),
            number(0, 8),
            number(0x20, 8),
            number(0x20, 8),
            number(9, 8),
            number(10, 8),
            number(11, 8),
            number(0, 4),
            string(path)
        };
    }

    @Test
    void tellsWhatTheProgramWasStartedFrom() throws Exception {
        assertThat(withShell()
                        .event(293, SOME, exec(SOME, 1, "x", "./x", "", "/memfd:x (deleted)"))
                        .read(
                                false,
                                "proc.exepath",
                                "proc.is_exe_upper_layer",
                                "proc.is_exe_from_memfd",
                                "proc.tty",
                                "proc.env[PATH]",
                                "user.loginuid",
                                "thread.cap_effective"))
                .containsExactly(List.of("execve", "/memfd:x", "true", "true", "34816", "/bin", "1000", "CAP_KILL"));
    }

    @Test
    void namesBothEndsOfAConnection() throws Exception {
        byte[] pair = CaptureBuilder.joined(
                number(2, 1), new byte[] {10, 0, 0, 5}, number(40000, 2), new byte[] {1, 2, 3, 4}, number(443, 2));
        List<List<String>> events = withShell()
                .event(18, SOME, number(2, 4), number(1, 4), number(0, 4))
                .event(19, SOME, number(7, 8))
                .event(22, SOME, number(7, 8), new byte[0])
                .event(23, SOME, number(-115, 8), pair)
                .read(
                        false,
                        "fd.name",
                        "fd.l4proto",
                        "fd.sip",
                        "fd.sport",
                        "fd.cip",
                        "fd.rip",
                        "fd.lport",
                        "fd.connected",
                        "fd.typechar");
        assertThat(events.getLast())
                .containsExactly(
                        "connect",
                        "10.0.0.5:40000->1.2.3.4:443",
                        "tcp",
                        "1.2.3.4",
                        "443",
                        "10.0.0.5",
                        "1.2.3.4",
                        "40000",
                        "false",
                        "4");
    }

    @Test
    void readsMappedAddressesAsIpv4() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        byte[] pair = CaptureBuilder.joined(number(10, 1), mapped, number(5, 2), mapped, number(80, 2));
        assertThat(withShell()
                        .event(247, SOME, number(8, 8), pair, number(0, 1), number(0, 4), number(0, 4))
                        .read(false, "fd.name", "fd.is_server", "fd.type"))
                .containsExactly(List.of("accept", "127.0.0.1:5->127.0.0.1:80", "true", "ipv4"));
    }

    @Test
    void knowsTheContainerByItsControlGroupAndItsDescription() throws Exception {
        String id = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";
        String json = "{\"container\":{\"id\":\"3ad7b26ded6d\",\"type\":0,\"name\":\"web\",\"image\":\"nginx:1.25\","
                + "\"imagerepo\":\"nginx\",\"imagetag\":\"1.25\",\"privileged\":true,\"Mounts\":[{\"Source\":\"/etc\","
                + "\"Destination\":\"/host/etc\",\"Mode\":\"ro\",\"RW\":false,\"Propagation\":\"rprivate\"}],"
                + "\"labels\":{\"io.kubernetes.pod.name\":\"web-0\",\"io.kubernetes.pod.namespace\":\"shop\"}}}";
        List<List<String>> events = CaptureBuilder.begun()
                .process(SOME, 1, "nginx", "/usr/sbin/nginx", "/", "/docker/" + id)
                .event(5, SOME, OK, number(3, 8))
                .event(272, SOME, string(json))
                .event(5, SOME, OK, number(3, 8))
                .read(
                        false,
                        "container.id",
                        "container.image.repository",
                        "container.privileged",
                        "container.mount.dest[/etc]",
                        "k8s.pod.name");
        assertThat(events)
                .containsExactly(
                        List.of("close", "3ad7b26ded6d", "<NA>", "<NA>", "<NA>", "<NA>"),
                        List.of("container", "3ad7b26ded6d", "nginx", "true", "/host/etc", "web-0"),
                        List.of("close", "3ad7b26ded6d", "nginx", "true", "/host/etc", "web-0"));
    }

    @Test
    void namesCallsWithoutAnEventOfTheirOwn() throws Exception {
        assertThat(withShell()
                        .event(1, SOME, number(139, 2))
                        .event(0, SOME, number(0, 2), number(221, 2))
                        .event(1, SOME, number(0, 2))
                        .read(false, "syscall.type"))
                .containsExactly(List.of("madvise", "madvise"), List.of("fadvise64", "fadvise64"));
    }

    @Test
    void tellsTheParametersAsPeopleReadThem() throws Exception {
        assertThat(withShell()
                        .event(315, SOME, OK, string("/bin/x"), number(06755, 4))
                        .event(169, SOME, OK, new byte[0], new byte[0], number(11, 2), number(1, 8))
                        .read(false, "evt.args"))
                .containsExactly(
                        List.of(
                                "chmod",
                                "res=0 filename=/bin/x mode=06755(S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR|S_ISGID|S_ISUID)"),
                        List.of("ptrace", "res=0 addr=0 data=0 request=11(PTRACE_ATTACH) pid=1(init)"));
    }

    @Test
    void forgetsWhoHasLeft() throws Exception {
        List<List<String>> events = withShell()
                .event(186, SOME, OK, OK, number(0, 1), number(0, 1))
                .event(5, SOME, OK, number(3, 8))
                .read(false, "proc.name");
        assertThat(events).containsExactly(List.of("procexit", "sh"), List.of("close", "<NA>"));
    }

    /** A capture of the plugin for audit logs has its events; what other plugins capture is said to be there. */
    @Test
    void handsOutTheAuditEventsOfPlugins() throws Exception {
        String audit = "{\"kind\":\"Event\",\"auditID\":\"x\",\"stage\":\"ResponseComplete\",\"verb\":\"get\"}";
        byte[] capture = CaptureBuilder.begun()
                .event(322, 0, number(1, 4), audit.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .event(322, 0, number(7, 4), new byte[] {1, 2, 3})
                .event(322, 0, number(7, 4), new byte[0])
                .event(322, 0)
                .bytes();
        assertThat(CaptureBuilder.read(capture, false, "ka.verb", "ka.auditid"))
                .containsExactly(List.of("pluginevent", "get", "x"));
        try (CaptureReplay replay = CaptureReplay.open(
                "test.scap", new java.io.ByteArrayInputStream(capture), dev.holdfast.core.Limits.DEFAULT, false)) {
            assertThat(replay.next()).isPresent();
            assertThat(replay.next()).isEmpty();
            assertThat(replay.gaps())
                    .extracting(dev.holdfast.core.Gap::detail)
                    .containsExactlyInAnyOrder(
                            "1 events of the plugin with number 0, which are no audit events of Kubernetes",
                            "2 events of the plugin with number 7, which are no audit events of Kubernetes");
        }
    }
}
