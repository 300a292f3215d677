package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.libbpf.Ring;
import dev.holdfast.sensor.process.ProcFiles;
import dev.holdfast.sensor.process.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Records of an ordinary server on which nothing happens that a rule is about: processes that come, open files, connect and end. They are made up, and
 * come from a ring as those of the kernel do, as often as somebody wants. For running in what reads them, before it matters.
 */
public final class RehearsedFeed implements Feed {
    /** The control groups that they are in: that of the machine, and one about which nothing is known yet. */
    public static final long HOST = 1;

    public static final long UNKNOWN = 2;

    private static final int AF_INET = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0100;
    private static final int O_TRUNC = 01000;
    private static final int O_DIRECTORY = 0200000;
    private static final int ENOENT = 2;
    private static final int FIRST_PID = 1_000;
    private static final List<String> PROGRAMS = List.of(
            "/usr/sbin/nginx",
            "/usr/lib/postgresql/15/bin/postgres",
            "/usr/lib/jvm/java-25/bin/java",
            "/usr/bin/python3.11",
            "/usr/bin/redis-server",
            "/opt/app/server",
            "/usr/bin/node",
            "/usr/sbin/cron",
            "/usr/sbin/sshd");
    private static final List<String> READ = List.of(
            "/etc/hostname",
            "/etc/passwd",
            "/etc/pam.d/common-auth",
            "/etc/ld.so.cache",
            "/etc/nsswitch.conf",
            "/etc/resolv.conf",
            "/etc/ssl/openssl.cnf",
            "/usr/lib/x86_64-linux-gnu/libc.so.6",
            "/usr/lib/x86_64-linux-gnu/libssl.so.3",
            "/usr/lib/locale/locale-archive",
            "/usr/lib/python3.11/encodings/utf_8.py",
            "/usr/share/zoneinfo/UTC",
            "/usr/share/nginx/html/index.html",
            "/var/lib/postgresql/15/main/base/13067/2601",
            "/srv/app/node_modules/express/package.json",
            "/proc/meminfo",
            "/proc/self/stat",
            "/sys/fs/cgroup/cpu.max",
            "/dev/null",
            "/tmp/session");
    private static final List<String> WRITTEN =
            List.of("/var/log/app.log", "/var/lib/postgresql/15/main/pg_wal/000000010000000000000001", "/tmp/session");

    private final Ring ring;
    private final BooleanSupplier isWanted;
    private final Runnable end;

    private RehearsedFeed(Ring ring, BooleanSupplier isWanted, Runnable end) {
        this.ring = ring;
        this.isWanted = isWanted;
        this.end = end;
    }

    /** The records, made up once. */
    public static List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 4 * PROGRAMS.size(); i++) {
            live(FIRST_PID + i, PROGRAMS.get(i % PROGRAMS.size()), records);
        }
        return records;
    }

    /**
     * A feed that hands the same records over again and again.
     *
     * @param isWanted asked before each time
     * @param end called when it is wanted no more
     */
    public static RehearsedFeed of(List<byte[]> records, BooleanSupplier isWanted, Runnable end) {
        return new RehearsedFeed(Ring.of(records), isWanted, end);
    }

    /** The life of a process. */
    private static void live(int pid, String program, List<byte[]> into) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        into.add(record(Kind.FORK, 1, 0)
                .fork(pid, pid, 1, 1, pid)
                .name(RecordWriter.CHILD_NAME, "init")
                .build());
        into.add(record(Kind.EXECVE, pid, 0)
                .execution(found(pid, name, program), 1)
                .build());
        into.add(record(Kind.NAME, pid, 0).name(RecordWriter.NEW_NAME, name).build());
        for (int round = 0; round < 3; round++) {
            for (String path : READ) {
                into.add(open(pid, path, 0, 3));
            }
            for (String path : WRITTEN) {
                into.add(open(pid, path, O_WRONLY | O_CREAT, 4));
            }
            into.add(open(pid, WRITTEN.getFirst(), O_WRONLY | O_CREAT | O_TRUNC, 4));
            into.add(open(pid, WRITTEN.getLast(), O_RDWR, 4));
            into.add(open(pid, "/srv/app/" + "folder/".repeat(50), 0, 4));
            into.add(record(Kind.OPENAT, pid, 5)
                    .openedFolder("/usr/lib", O_DIRECTORY)
                    .given("/usr/lib")
                    .build());
            into.add(record(Kind.OPENAT, pid, -ENOENT)
                    .given("/etc/ld.so.preload")
                    .build());
            into.add(record(Kind.OPENAT, pid, -ENOENT)
                    .given("conf.d/local.conf")
                    .base("/etc/app")
                    .build());
            into.add(record(Kind.RENAMEAT2, pid, 0)
                    .paths("/srv/app/state.new", "", "/srv/app/state", "")
                    .build());
            into.add(record(Kind.UNLINKAT, pid, 0)
                    .paths("session", "/srv/app", "", "")
                    .build());
            into.add(record(Kind.MKDIRAT, pid, 0)
                    .paths("/srv/app/cache", "", "", "")
                    .build());
            into.add(record(Kind.SETUID, pid, 0).argument(33).build());
            into.add(record(Kind.CONNECT, pid, 0)
                    .connected(6, AF_INET, TCP, 40_000 + round, 5_432)
                    .build());
            into.add(record(Kind.SENDTO, pid, 64)
                    .connected(7, AF_INET, UDP, 40_000 + round, 53)
                    .build());
        }
        into.add(record(Kind.EXIT, pid, 0).build());
    }

    private static byte[] open(int pid, String path, int flags, int descriptor) {
        return record(Kind.OPENAT, pid, descriptor)
                .opened(path, flags)
                .given(path)
                .build();
    }

    private static RecordWriter record(Kind kind, int pid, long result) {
        return new RecordWriter(kind).head(pid, pid, pid % 4 == 0 ? UNKNOWN : HOST, 33, 33, result);
    }

    private static ProcFiles.Found found(int pid, String name, String path) {
        List<String> words = List.of(path, "--config", "/etc/" + name + ".conf");
        Program program = new Program(
                path, path, words, "/", List.of(), pid, 1, 1, false, false, pid, -1, 0, 1, 1, 0, 0, 0, 1, 1, List.of());
        return new ProcFiles.Found(pid, 1, pid, pid, name, program);
    }

    @Override
    public void want(Wishes wanted) {}

    @Override
    public void begin() {}

    @Override
    public int drain(int most, Ring.Reader reader) {
        return ring.drain(most, reader);
    }

    @Override
    public void await(boolean isHurried) {
        if (isWanted.getAsBoolean()) {
            ring.again();
        } else {
            end.run();
        }
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public Map<Long, Long> lostByCgroup() {
        return Map.of();
    }

    @Override
    public List<String> unseen() {
        return List.of();
    }

    @Override
    public void close() {
        ring.close();
    }
}
