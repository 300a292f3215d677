package dev.holdfast.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways to do the same, on the real kernel: by other calls, and with arguments that are no longer there when the call ends. */
class LiveEvasionTest {
    private static final String BEGIN = """
            import ctypes, fcntl, os, socket, struct, threading, time
            call = ctypes.CDLL(None, use_errno=True).syscall
            def server(*kind):
                s = socket.socket(socket.AF_INET, *(kind or (socket.SOCK_STREAM,)))
                s.bind(('127.0.0.1', 0))
                return s
            def listening(backlog=5):
                s = server(); s.listen(backlog); return s
            """;
    private static final String END = "open('the-end', 'w')\n";

    @TempDir
    Path folder;

    @BeforeEach
    void needsAKernel() {
        Probe probe = Probe.of(Path.of("/"));
        assumeTrue(probe.tier() == Probe.Tier.KERNEL, () -> "no kernel sensor here: " + probe.findings());
    }

    private List<String> watch(String program, String... fields) throws Exception {
        Path script = Files.writeString(folder.resolve("script.py"), BEGIN + program + END);
        return WatchedShell.run(folder, "python3 " + script, "/the-end", fields);
    }

    /** Those to somewhere else: a shell that starts Python may ask a local socket who it is, as bash does without {@code SHELL}. */
    private static List<String> connections(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("connect ") && line.contains(" 127.0.0."))
                .toList();
    }

    /** A thread waits in connect(2), while another writes a harmless address where the first one's was. */
    @Test
    void tellsWhereAConnectionGoesWhateverStandsThereWhenTheCallEnds() throws Exception {
        List<String> lines = watch("""
                s = listening(0)
                for i in range(3):
                    c = socket.socket(); c.setblocking(False); c.connect_ex(s.getsockname()); globals()['c%d' % i] = c
                port = s.getsockname()[1]
                address = ctypes.create_string_buffer(struct.pack('=HH4s8x', 2, socket.htons(port), bytes([127, 0, 0, 1])))
                def change():
                    time.sleep(0.2)
                    address[2:8] = struct.pack('!H4s', 9, bytes([127, 0, 0, 99]))
                threading.Thread(target=change).start()
                c = socket.socket(); c.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack('ll', 1, 0))
                call(42 if os.uname().machine == 'x86_64' else 203, c.fileno(), address, 16)
                open('port-%d' % port, 'w')
                """, "fd.rip", "fd.rport", "fd.name", "fd.l4proto");
        String port = lines.stream()
                .filter(line -> line.contains("/port-"))
                .map(line -> line.replaceAll(".*/port-(\\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
        assertThat(connections(lines))
                .hasSize(4)
                .allMatch(line -> line.startsWith("connect 127.0.0.1 " + port + " ") && line.endsWith(" tcp"));
    }

    /** MSG_FASTOPEN connects while it sends. */
    @Test
    void tellsConnectionsThatNoConnectMade() throws Exception {
        List<String> lines = watch("""
                s = listening()
                c = socket.socket(); c.sendto(b'x', 0x20000000, s.getsockname())
                d = socket.socket(); d.sendmsg([b'x'], [], 0x20000000, s.getsockname())
                e = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262); e.connect(s.getsockname())
                """, "fd.rip", "fd.l4proto", "evt.res");
        assertThat(connections(lines)).hasSize(3).allMatch(line -> line.equals("connect 127.0.0.1 tcp SUCCESS"));
    }

    @Test
    void tellsDatagramsThatAreSentTogether() throws Exception {
        List<String> lines = watch("""
                s = server(socket.SOCK_DGRAM); c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                name = ctypes.create_string_buffer(struct.pack('=HH4s8x', 2, socket.htons(s.getsockname()[1]), bytes([127, 0, 0, 1])))
                text = ctypes.create_string_buffer(b'x'); part = ctypes.create_string_buffer(struct.pack('PL', ctypes.addressof(text), 1))
                message = ctypes.create_string_buffer(struct.pack('PIxxxxPLPLIxxxxIxxxx', ctypes.addressof(name), 16, ctypes.addressof(part), 1, 0, 0, 0, 0))
                call(307 if os.uname().machine == 'x86_64' else 269, c.fileno(), message, 1, 0)
                """, "fd.rip", "fd.l4proto", "evt.rawres");
        assertThat(lines).contains("sendmsg 127.0.0.1 udp 1");
    }

    @Test
    void tellsCopiesOfConnectionsHoweverTheyAreMade() throws Exception {
        List<String> lines = watch("""
                s = listening(); c = socket.create_connection(s.getsockname())
                os.close(0); fcntl.fcntl(c, fcntl.F_DUPFD, 0)
                os.close(0); own = call(434, os.getpid(), 0)
                os.close(own) if own == 0 else None
                call(438, call(434, os.getpid(), 0), c.fileno(), 0)
                fcntl.fcntl(c, fcntl.F_GETFD)
                """, "fd.rip", "fd.is_server", "evt.failed");
        assertThat(lines.stream().filter(line -> line.equals("dup 127.0.0.1 false false")))
                .hasSize(2);
    }

    @Test
    void tellsWhatTheStandardStreamsOfAProgramAre() throws Exception {
        List<String> lines = watch("""
                s = listening(); os.close(0); c = socket.create_connection(s.getsockname())
                os.set_inheritable(0, True); os.system('exec true connected')
                os.close(0); os.open('.', os.O_RDONLY); os.set_inheritable(0, True); os.system('exec true folder')
                os.close(0); os.system('exec true closed')
                """, "proc.args", "proc.stdin.type", "proc.stdout.type");
        assertThat(lines)
                .contains("execve connected ipv4 file", "execve folder directory file", "execve closed <NA> file");
    }

    /** By a link, by a relative name, by a name that has no file. */
    @Test
    void tellsWhichLocalSocketWasConnectedTo() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch("""
                s = socket.socket(socket.AF_UNIX); s.bind('engine.sock'); s.listen(5); os.symlink('engine.sock', 'innocent')
                os.link('engine.sock', 'second')
                for name in 'innocent', 'engine.sock', 'second', './none':
                    socket.socket(socket.AF_UNIX).connect_ex(name)
                n = socket.socket(socket.AF_UNIX); n.bind(b'\\0holdfast-test-name'); n.listen(1)
                socket.socket(socket.AF_UNIX).connect(b'\\0holdfast-test-name')
                """, "fd.name", "fd.nameraw", "evt.res");
        assertThat(lines)
                .contains("bind " + real + "/engine.sock engine.sock SUCCESS")
                .contains("connect " + real + "/engine.sock innocent SUCCESS")
                .contains("connect " + real + "/engine.sock engine.sock SUCCESS")
                .contains("connect " + real + "/engine.sock second SUCCESS")
                .contains("connect " + real + "/none ./none ENOENT")
                .contains("connect @holdfast-test-name @holdfast-test-name SUCCESS");
    }

    /** No name is given at all. */
    @Test
    void tellsFilesThatAreOpenedByTheirHandle() throws Exception {
        Path secret = Files.writeString(folder.toRealPath().resolve("secret"), "x");
        List<String> lines = watch("""
                x86 = os.uname().machine == 'x86_64'
                handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 136); mount = ctypes.c_int()
                call(303 if x86 else 264, -100, b'secret', handle, ctypes.byref(mount), 0)
                call(304 if x86 else 265, os.open('.', os.O_RDONLY), handle, 0)
                """, "fd.name", "evt.is_open_read", "evt.res");
        assertThat(lines).contains("open_by_handle_at " + secret + " true SUCCESS");
    }

    /** A relative name in a folder so deep that the way to the root is not followed: its end is told, and no path is made up. */
    @Test
    void makesUpNoPathForWhatLiesTooDeep() throws Exception {
        List<String> lines = watch("""
                for i in range(45):
                    os.mkdir('d'); os.chdir('d')
                os.mkdir('etc'); open('etc/shadow', 'w')
                """ + "os.chdir('" + folder + "')\n", "fd.name", "fd.nameraw", "fd.filename");
        assertThat(lines)
                .contains("openat ..." + "/d".repeat(38) + "/etc/shadow etc/shadow shadow")
                .noneMatch(line -> line.startsWith("openat /etc/shadow "));
    }

    /** By whatever call, also of a file that is already open, under another name than its own. */
    @Test
    void tellsFilesThatGetAnotherOwner() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch("""
                x86 = os.uname().machine == 'x86_64'
                open('f', 'w').close(); os.symlink('f', 'link'); f = os.open('link', os.O_RDWR); d = os.open('.', os.O_RDONLY)
                call(92, b'./f', 1, 2) if x86 else os.chown('./f', 1, 2)
                call(94, b'link', 3, -1) if x86 else os.chown('link', 3, -1, follow_symlinks=False)
                os.fchown(f, 0, 4); os.chown('f', 5, 6, dir_fd=d, follow_symlinks=False)
                call(260 if x86 else 54, f, b'', 7, 8, 0x1000); call(260 if x86 else 54, -100, b'none', 0, 0, 0)
                r, w = os.pipe(); os.fchown(w, 0, 0)
                """, "evt.res", "fs.path.name", "evt.abspath", "fd.name", "fd.typechar", "evt.args");
        String file = real + "/f " + real + "/f";
        assertThat(lines)
                .contains("fchown SUCCESS " + file + " " + real + "/f f res=0 fd=3 uid=0 gid=4")
                .contains("fchownat SUCCESS " + file + " <NA> <NA> res=0 dirfd=4 pathname=" + real
                        + "/f uid=5 gid=6 flags=AT_SYMLINK_NOFOLLOW")
                .contains("fchownat SUCCESS " + file + " <NA> <NA> res=0 dirfd=3 pathname=" + real
                        + "/f uid=7 gid=8 flags=AT_EMPTY_PATH")
                .contains("fchownat ENOENT " + real + "/none " + real
                        + "/none <NA> <NA> res=ENOENT dirfd=AT_FDCWD pathname=" + real + "/none uid=0 gid=0 flags=0")
                .contains("fchown SUCCESS <NA> <NA> <NA> f res=0 fd=6 uid=0 gid=0");
        if (System.getProperty("os.arch").equals("amd64")) {
            assertThat(lines)
                    .contains("chown SUCCESS " + file + " <NA> <NA> res=0 path=" + real + "/f uid=1 gid=2")
                    .contains("lchown SUCCESS " + real + "/link " + real + "/link <NA> <NA> res=0 path=" + real
                            + "/link uid=3 gid=4294967295");
        }
    }

    /** Lengths and attributes: by what Falco knows as calls without an event of their own. */
    @Test
    void tellsFilesThatAreChangedWithoutBeingOpened() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch("""
                x86 = os.uname().machine == 'x86_64'
                open('f', 'w').close(); os.symlink('f', 'link'); f = os.open('link', os.O_RDWR)
                os.truncate('f', 1 << 33); os.ftruncate(f, 0)
                os.setxattr('f', 'security.capability', struct.pack('<5I', 0x2000001, 1 << 12, 0, 0, 0))
                os.setxattr(f, 'trusted.b', b'x'); os.removexattr(f, 'trusted.b')
                os.setxattr('link', 'trusted.c', b'x', follow_symlinks=False); os.removexattr('link', 'trusted.c', follow_symlinks=False)
                os.removexattr('./f', 'security.capability'); call(76 if x86 else 45, b'none', 0)
                """, "evt.res", "fs.path.name", "fd.name", "evt.args");
        assertThat(lines)
                .contains(
                        "truncate SUCCESS " + real + "/f <NA> ID=truncate res=0 path=" + real + "/f length=8589934592")
                .contains("ftruncate SUCCESS " + real + "/f " + real + "/f ID=ftruncate res=0 fd=3 length=0")
                .contains("setxattr SUCCESS " + real + "/f <NA> ID=setxattr res=0 path=" + real
                        + "/f name=security.capability")
                .contains("fsetxattr SUCCESS " + real + "/f " + real + "/f ID=fsetxattr res=0 fd=3 name=trusted.b")
                .contains(
                        "fremovexattr SUCCESS " + real + "/f " + real + "/f ID=fremovexattr res=0 fd=3 name=trusted.b")
                .contains("lsetxattr SUCCESS " + real + "/link <NA> ID=lsetxattr res=0 path=" + real
                        + "/link name=trusted.c")
                .contains("lremovexattr SUCCESS " + real + "/link <NA> ID=lremovexattr res=0 path=" + real
                        + "/link name=trusted.c")
                .contains("removexattr SUCCESS " + real + "/f <NA> ID=removexattr res=0 path=" + real
                        + "/f name=security.capability")
                .contains("truncate ENOENT " + real + "/none <NA> ID=truncate res=ENOENT path=" + real
                        + "/none length=0");
    }

    /** The calls that take a folder besides, which kernels before 6.13 refuse. */
    @Test
    void tellsAttributesThatAreSetBelowAFolder() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch("""
                open('f', 'w').close(); d = os.open('.', os.O_RDONLY)
                value = ctypes.create_string_buffer(b'x'); how = ctypes.create_string_buffer(struct.pack('QII', ctypes.addressof(value), 1, 0))
                call(463, d, b'f', 0, b'trusted.x', how, 16); call(466, d, b'f', 0, b'trusted.x')
                """, "fs.path.name", "evt.arg.name");
        assertThat(lines)
                .contains("setxattr " + real + "/f trusted.x")
                .contains("removexattr " + real + "/f trusted.x");
    }

    /** Its process stays the one that tried. What could be executed is told once. */
    @Test
    void tellsProgramsThatCouldNotBeExecuted() throws Exception {
        Path real = folder.toRealPath();
        List<String> lines = watch("""
                open('plain', 'w').close(); os.mkdir('d'); d = os.open('d', os.O_RDONLY)
                def tried(path):
                    try: os.execv(path, ['other', 'name'])
                    except OSError: pass
                tried('./none'); tried('plain')
                text = ctypes.create_string_buffer(b'other'); arguments = (ctypes.c_char_p * 2)(b'other', None)
                call(322 if os.uname().machine == 'x86_64' else 281, d, b'none', arguments, None, 0x100)
                os.spawnv(os.P_WAIT, '/bin/true', ['true'])
                """, "evt.res", "evt.failed", "proc.name", "proc.args", "evt.args");
        String caller = " true python3 " + folder + "/script.py ";
        assertThat(lines)
                .contains("execve ENOENT" + caller + "res=ENOENT filename=" + real + "/none")
                .contains("execve EACCES" + caller + "res=EACCES filename=" + real + "/plain")
                .contains("execveat ENOENT" + caller + "res=ENOENT dirfd=3 pathname=" + real
                        + "/d/none flags=AT_SYMLINK_NOFOLLOW");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("execve SUCCESS false true "))
                .hasSize(1);
    }

    @Test
    void tellsRightsAndMountsThatAreTakenByOtherCalls() throws Exception {
        List<String> lines = watch("""
                x86 = os.uname().machine == 'x86_64'
                os.mkfifo('fifo'); os.setresuid(0, 0, 0); os.chroot('.')
                call(429, -100, b'fifo', -100, b'nowhere', 0); call(430, b'tmpfs', 0); call(166 if x86 else 39, b'fifo', 2)
                """, "evt.res", "fs.path.source", "fs.path.target", "evt.args");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("mknodat SUCCESS") && line.contains("/fifo "))
                .anyMatch(line -> line.contains("res=0 ruid=root euid=root suid=root"))
                .anyMatch(line -> line.startsWith("chroot SUCCESS"))
                .anyMatch(
                        line -> line.startsWith("move_mount E") && line.contains("/fifo ") && line.contains("/nowhere"))
                .anyMatch(line -> line.startsWith("fsopen SUCCESS") && line.contains("name=tmpfs"))
                .anyMatch(line -> line.startsWith("umount2 EINVAL"));
    }
}
