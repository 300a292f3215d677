package dev.holdfast.watch.scap;

import static dev.holdfast.watch.scap.CaptureBuilder.joined;
import static dev.holdfast.watch.scap.CaptureBuilder.number;
import static dev.holdfast.watch.scap.CaptureBuilder.string;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.rules.event.EventArguments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What fields say in the corners: what is unknown, empty, failed, gone, or of several kinds at once. */
class CaptureFieldsTest {
    private static final long SOME = 500;
    private static final byte[] OK = number(0, 8);
    private static final byte[] NONE = new byte[0];
    private static final byte[] PAIR =
            joined(number(2, 1), new byte[] {10, 0, 0, 5}, number(40000, 2), new byte[] {1, 2, 3, 4}, number(443, 2));

    private static CaptureBuilder withShell() {
        return CaptureBuilder.begun()
                .process(1, 0, "init", "/sbin/init", "/", "")
                .process(SOME, 1, "sh", "/bin/sh", "/home/a", "");
    }

    private static CaptureBuilder withSocket(long type) {
        return withShell().event(19, SOME, number(7, 8), number(2, 4), number(type, 4), number(0, 4));
    }

    private static byte[][] opened(long descriptor, String path) {
        return new byte[][] {
            number(descriptor, 8), string(path), number(1, 4), number(0, 4), number(0x801, 4), number(7, 8)
        };
    }

    @Test
    void callsOnlyWhatMovesBytesInputAndOutput() throws Exception {
        List<List<String>> events = withShell()
                .event(3, SOME, opened(4, "/etc/x"))
                .event(7, SOME, number(3, 8), string("abc"), number(4, 8), number(3, 4))
                .event(9, SOME, number(2, 8), string("ab"), number(4, 8), number(2, 4))
                .event(189, SOME, number(9, 8), OK, number(4, 8), number(5, 8), OK, number(9, 8))
                .event(333, SOME, number(9, 8), number(5, 8), OK, number(4, 8), OK, number(9, 8))
                .event(5, SOME, OK, number(4, 8))
                .read(false, "evt.is_io", "evt.is_io_read", "evt.is_io_write", "evt.io_dir", "evt.buflen.file");
        assertThat(events)
                .containsExactly(
                        List.of("open", "false", "false", "false", "<NA>", "<NA>"),
                        List.of("read", "true", "true", "false", "read", "3"),
                        List.of("write", "true", "false", "true", "write", "2"),
                        List.of("sendfile", "false", "false", "false", "<NA>", "<NA>"),
                        List.of("copy_file_range", "true", "true", "true", "write", "<NA>"),
                        List.of("close", "false", "false", "false", "<NA>", "0"));
    }

    @Test
    void countsErrorsWhereTheyBelong() throws Exception {
        List<List<String>> events = withShell()
                .event(3, SOME, opened(-2, "/etc/x"))
                .event(23, SOME, number(-111, 8), PAIR, number(7, 8))
                .event(7, SOME, OK, NONE, number(40, 8), number(3, 4))
                .event(203, SOME, number(0, 4))
                .read(
                        false,
                        "evt.failed",
                        "evt.count.error",
                        "evt.count.error.file",
                        "evt.count.error.net",
                        "evt.count.error.other");
        assertThat(events)
                .containsExactly(
                        List.of("open", "true", "1", "1", "<NA>", "<NA>"),
                        List.of("connect", "true", "1", "<NA>", "1", "<NA>"),
                        List.of("read", "false", "0", "<NA>", "<NA>", "0"),
                        List.of("getuid", "<NA>", "<NA>", "<NA>", "<NA>", "<NA>"));
    }

    @Test
    void sortsCallsByWhatTheyWorkOn() throws Exception {
        assertThat(withShell()
                        .event(61, SOME, OK, number(3, 8), number(4, 8), number(9, 8))
                        .event(9, SOME, number(1, 8), string("a"), number(4, 8), number(1, 4))
                        .event(9, SOME, number(1, 8), string("a"), number(9, 8), number(1, 4))
                        .event(79, SOME, number(1, 8), number(1, 8))
                        .read(false, "evt.category", "evt.is_wait", "fd.name", "fd.type"))
                .containsExactly(
                        List.of("pipe", "IPC", "false", "", "pipe"),
                        List.of("write", "ipc", "false", "", "pipe"),
                        List.of("write", "unknown", "false", "<NA>", "<NA>"),
                        List.of("epoll_wait", "wait", "true", "<NA>", "<NA>"));
    }

    @Test
    void tellsWhereAConnectionShouldHaveLed() throws Exception {
        List<List<String>> events = withSocket(1)
                .event(23, SOME, number(-111, 8), PAIR, number(7, 8))
                .event(23, SOME, OK, NONE, number(7, 8), joined(number(2, 1), new byte[] {9, 9, 9, 9}, number(53, 2)))
                .read(false, "fd.name", "fd.sip", "fd.connected", "fd.sproto", "evt.arg.fd");
        assertThat(events.get(1))
                .containsExactly("connect", "10.0.0.5:40000->1.2.3.4:443", "<NA>", "false", "<NA>", "<4t>");
        assertThat(events.get(2))
                .containsExactly(
                        "connect", "0.0.0.0:0->9.9.9.9:53", "9.9.9.9", "true", "53", "<4t>0.0.0.0:0->9.9.9.9:53");
    }

    @Test
    void saysNoOfFilesWhereSocketsAreAskedFor() throws Exception {
        assertThat(withShell()
                        .event(3, SOME, opened(4, "/etc/x"))
                        .event(3, SOME, opened(-13, "/etc/shadow"))
                        .read(
                                false,
                                "fd.is_server",
                                "fd.connected",
                                "fd.name_changed",
                                "fd.l4proto",
                                "fd.num",
                                "fd.types[4]",
                                "fd.types[5]"))
                .containsExactly(
                        List.of("open", "false", "false", "false", "<NA>", "4", "(file)", "()"),
                        List.of("open", "false", "false", "false", "<NA>", "-1", "(file)", "()"));
    }

    @Test
    void splitsPathsAsFalcoDoes() throws Exception {
        assertThat(CaptureBuilder.begun()
                        .event(3, SOME, opened(4, "/x"))
                        .event(3, SOME, opened(5, "relative"))
                        .event(3, SOME, opened(6, "/a//b"))
                        .read(false, "fd.directory", "fd.filename"))
                .containsExactly(List.of("open", "/", "x"), List.of("open", "/", "/"), List.of("open", "/a", "b"));
    }

    @Test
    void namesWhoHasNoName() throws Exception {
        byte[] users = joined(
                number(0, 1),
                number(33, 4),
                number(33, 4),
                CaptureBuilder.text("www"),
                CaptureBuilder.text("/var"),
                CaptureBuilder.text("/bin/sh"));
        assertThat(withShell()
                        .block(0x220, number(users.length + 4L, 4), users)
                        .event(199, SOME, OK, number(33, 4))
                        .event(199, SOME, OK, number(77, 4))
                        .event(199, SOME, OK, number(0, 4))
                        .read(
                                false,
                                "evt.arg.uid",
                                "evt.args",
                                "user.name",
                                "user.homedir",
                                "user.shell",
                                "user.loginname"))
                .containsExactly(
                        List.of("setuid", "www", "res=0 uid=33(www)", "www", "/var", "/bin/sh", "<NA>"),
                        List.of("setuid", "<NA>", "res=0 uid=77(<NA>)", "<NA>", "<NA>", "<NA>", "<NA>"),
                        List.of("setuid", "root", "res=0 uid=0(root)", "root", "/root", "<NA>", "<NA>"));
    }

    @Test
    void readsWhatIsSaidToTheLog() throws Exception {
        byte[] log = joined(number(1, 1), number(1, 8), number(2, 8), string("/dev/log"));
        List<List<String>> events = withShell()
                .event(19, SOME, number(7, 8), number(1, 4), number(2, 4), number(0, 4))
                .event(23, SOME, OK, log, number(7, 8))
                .event(
                        31,
                        SOME,
                        number(8, 8),
                        "<38>sshd: in".getBytes(StandardCharsets.UTF_8),
                        number(7, 8),
                        number(8, 4),
                        NONE)
                .event(
                        31,
                        SOME,
                        number(8, 8),
                        "<9999>no".getBytes(StandardCharsets.UTF_8),
                        number(7, 8),
                        number(8, 4),
                        NONE)
                .read(
                        false,
                        "evt.is_syslog",
                        "syslog.facility",
                        "syslog.facility.str",
                        "syslog.severity",
                        "syslog.severity.str",
                        "syslog.message");
        assertThat(events.get(1)).containsExactly("connect", "false", "<NA>", "<NA>", "<NA>", "<NA>", "<NA>");
        assertThat(events.get(2)).containsExactly("sendto", "true", "4", "auth", "6", "info", "sshd: in");
        assertThat(events.get(3)).containsExactly("sendto", "true", "<NA>", "<NA>", "<NA>", "<NA>", "<NA>");
    }

    @Test
    void listsWhatIsWaitedFor() throws Exception {
        byte[] list = joined(number(2, 2), number(7, 8), number(0x41, 2), number(9, 8), number(1, 2));
        List<List<String>> events = withSocket(1)
                .event(23, SOME, OK, PAIR, number(7, 8))
                .event(255, SOME, number(1, 8), list, list, number(250_000_000, 8), number(0, 4))
                .event(255, SOME, number(1, 8), list, list, number(-1, 8), number(0, 4))
                .read(
                        false,
                        "fdlist.nums",
                        "fdlist.names",
                        "fdlist.cips",
                        "fdlist.sports",
                        "evt.arg.fds",
                        "evt.arg.timeout");
        assertThat(events.get(2).subList(1, 5))
                .containsExactly("7,9", "10.0.0.5:40000->1.2.3.4:443,<NA>", "10.0.0.5", "443");
        assertThat(events.get(2).subList(5, 6)).containsExactly("7:441 9:?1");
        assertThat(events.get(0).get(1)).isEqualTo("<NA>");
    }

    @Test
    void findsLeadersByTheirNumber() throws Exception {
        byte[] group = number(1, 8);
        assertThat(CaptureBuilder.begun()
                        .process(1, 0, "init", "/sbin/init", "/", "")
                        .process(20, 1, "between", "/between", "/", "")
                        .process(SOME, 20, "worker", "/worker", "/", "")
                        .event(295, SOME, OK, number(0, 8), group)
                        .event(295, SOME, OK, number(0, 8), number(4000, 8))
                        .read(false, "proc.vpgid", "proc.vpgid.name", "proc.is_vpgid_leader", "proc.sname"))
                .containsExactly(
                        List.of("setpgid", "1", "init", "false", "worker"),
                        List.of("setpgid", "4000", "worker", "false", "worker"));
    }

    @Test
    void givesChildrenOfTheDeadAnotherParent() throws Exception {
        List<List<String>> events = CaptureBuilder.begun()
                .process(1, 0, "init", "/sbin/init", "/", "")
                .process(30, 1, "shim", "/shim", "/", "")
                .process(40, 30, "bash", "/bin/bash", "/", "")
                .process(SOME, 40, "daemon", "/daemon", "/", "")
                .event(186, 40, OK, OK, number(0, 1), number(0, 1), number(30, 8))
                .event(5, SOME, OK, number(3, 8))
                .event(186, 30, OK, OK, number(0, 1), number(0, 1))
                .event(5, SOME, OK, number(3, 8))
                .read(false, "proc.pname", "proc.ppid", "proc.aname[2]", "proc.loginshellid");
        assertThat(events.get(1)).containsExactly("close", "shim", "30", "init", "<NA>");
        assertThat(events.get(3)).containsExactly("close", "init", "1", "<NA>", "<NA>");
    }

    @Test
    void countsThreadsWithoutTheirFirst() throws Exception {
        byte[][] thread = {
            number(0, 8),
            string("/bin/sh"),
            NONE,
            number(501, 8),
            number(SOME, 8),
            number(1, 8),
            string(""),
            number(1024, 8),
            OK,
            OK,
            number(0, 4),
            number(0, 4),
            number(0, 4),
            string("sh"),
            NONE,
            number(8192, 4),
            number(0, 4),
            number(0, 4),
            number(501, 8),
            number(SOME, 8)
        };
        assertThat(withShell()
                        .event(223, 501, thread)
                        .read(
                                false,
                                "proc.nthreads",
                                "proc.nchilds",
                                "thread.ismain",
                                "thread.vmsize.b",
                                "proc.loginshellid"))
                .containsExactly(List.of("clone", "2", "1", "false", "0", "500"));
    }

    @Test
    void tellsPathsOfCallsThatHaveNone() throws Exception {
        assertThat(withShell()
                        .event(3, SOME, opened(4, "/etc/x"))
                        .event(317, SOME, OK, number(4, 8), number(0600, 4))
                        .event(257, SOME, OK, string("/dev/sda"), string("mnt"), string("ext4"), number(0, 4))
                        .event(179, SOME, OK, string("up"), string("ln"))
                        .read(false, "fs.path.name", "fs.path.source", "fs.path.target", "fs.path.targetraw"))
                .containsExactly(
                        List.of("open", "/etc/x", "<NA>", "<NA>", "<NA>"),
                        List.of("fchmod", "/etc/x", "<NA>", "<NA>", "<NA>"),
                        List.of("mount", "/home/a/mnt", "/dev/sda", "/home/a/mnt", "mnt"),
                        List.of("symlink", "<NA>", "/home/a/ln", "/home/a/up", "up"));
    }

    @Test
    void tellsNoticesFromCalls() throws Exception {
        assertThat(withShell()
                        .event(402, 0, number(0, 4), string("told"), NONE)
                        .event(5, SOME, OK, number(3, 8))
                        .read(false, "evt.is_async", "evt.asynctype"))
                .containsExactly(List.of("asyncevent", "true", "told"), List.of("close", "false", "<NA>"));
    }

    @Test
    void printsAddressesThatItCannotRead() throws Exception {
        assertThat(withSocket(1)
                        .event(23, SOME, number(-97, 8), joined(number(40, 1), new byte[8]), number(7, 8))
                        .event(23, SOME, number(-97, 8), joined(number(2, 1), new byte[3]), number(7, 8))
                        .event(23, SOME, number(-97, 8), NONE, number(7, 8))
                        .read(false, "evt.arg.tuple"))
                .containsExactly(
                        List.of("socket", "<NA>"),
                        List.of("connect", "family 40"),
                        List.of("connect", "INVALID IPv4"),
                        List.of("connect", "NULL"));
    }

    @Test
    void learnsTheEndsOfASocketFromWhatIsSent() throws Exception {
        List<List<String>> events = withSocket(2)
                .event(29, SOME, number(3, 8), string("ab"), number(7, 8), number(3, 4), PAIR)
                .read(false, "fd.name", "fd.l4proto", "evt.arg.size");
        assertThat(events.get(1)).containsExactly("send", "10.0.0.5:40000->1.2.3.4:443", "udp", "3");
    }

    /** Rules can ask for every argument that an event of a capture may have. */
    @Test
    void tellsWhatCouldNotBeReadFromZero() throws Exception {
        assertThat(withShell()
                        .event(3, SOME, NONE, string("(NULL)"), NONE, NONE, number(0, 4), number(7, 8))
                        .event(
                                3,
                                SOME,
                                number(3, 8),
                                string(""),
                                number(1, 4),
                                number(0, 4),
                                number(0, 4),
                                number(7, 8))
                        .read(
                                false,
                                "evt.arg.name",
                                "evt.arg.flags",
                                "evt.rawarg.flags",
                                "evt.rawarg.dev",
                                "evt.arg[0]",
                                "evt.args"))
                .containsExactly(
                        List.of(
                                "open",
                                "<NA>",
                                "<NA>",
                                "<NA>",
                                "0",
                                "<NA>",
                                "fd=<NA> name=<NA> flags=<NA> mode=<NA> dev=0 ino=7"),
                        List.of(
                                "open",
                                "",
                                "O_RDONLY",
                                "1",
                                "0",
                                "<f>",
                                "fd=3(<f>) name= flags=1(O_RDONLY) mode=0 dev=0 ino=7"));
    }

    @Test
    void believesThePathThatTheKernelWasGiven() throws Exception {
        byte[] folder = number(-100, 8);
        List<List<String>> events = withShell()
                .event(2, SOME, string("/etc/shadow"), number(1, 4), number(0, 4))
                .event(3, SOME, opened(4, "/tmp/harmless"))
                .event(306, SOME, folder, string("secret"), number(1, 4), number(0, 4))
                .event(
                        307,
                        SOME,
                        number(5, 8),
                        folder,
                        string("/tmp/harmless"),
                        number(1, 4),
                        number(0, 4),
                        number(0, 4),
                        number(7, 8))
                .event(2, SOME, string("(NULL)"), number(1, 4), number(0, 4))
                .event(3, SOME, opened(6, "/tmp/x"))
                .event(5, SOME, OK, number(4, 8))
                .read(false, "fd.name", "fd.nameraw", "evt.arg.name");
        assertThat(events)
                .containsExactly(
                        List.of("open", "/etc/shadow", "/etc/shadow", "/tmp/harmless"),
                        List.of("openat", "/home/a/secret", "secret", "/tmp/harmless"),
                        List.of("open", "/tmp/x", "/tmp/x", "/tmp/x"),
                        List.of("close", "/etc/shadow", "/etc/shadow", "<NA>"));
    }

    @Test
    void hasNoArgumentsWhereOnlyTheCallIsKnown() throws Exception {
        assertThat(withShell().event(1, SOME, number(0, 2)).read(false, "evt.args", "evt.info", "evt.dir"))
                .singleElement()
                .satisfies(event -> assertThat(event.subList(1, 4)).containsExactly("", "", "<"));
    }

    @Test
    void leadsOneSidedEventsInward() throws Exception {
        assertThat(withShell()
                        .event(186, SOME, OK, OK, number(0, 1), number(0, 1))
                        .event(5, SOME, OK, number(3, 8))
                        .read(false, "evt.dir"))
                .containsExactly(List.of("procexit", ">"), List.of("close", "<"));
    }

    @Test
    void hasNoNearEndWithoutAFarOne() throws Exception {
        byte[] address = joined(number(2, 1), new byte[] {127, 0, 0, 1}, number(80, 2));
        assertThat(withSocket(1)
                        .event(21, SOME, OK, address, number(7, 8))
                        .read(false, "fd.name", "fd.sip", "fd.sport", "fd.lip", "fd.lport", "fd.rip", "fd.lnet"))
                .last()
                .isEqualTo(List.of("bind", "127.0.0.1:80", "127.0.0.1", "80", "<NA>", "<NA>", "<NA>", "<NA>"));
    }

    @Test
    void hasNoArgumentThatRulesDoNotKnow() {
        assertThat(EventTable.TABLE.kinds())
                .flatExtracting(EventTable.EventKind::parameters)
                .extracting(EventTable.Parameter::name)
                .isSubsetOf(EventArguments.names());
    }
}
