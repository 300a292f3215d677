package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.libbpf.Bytes;
import dev.holdfast.sensor.libbpf.Ring;
import dev.holdfast.sensor.process.ProcFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel tells without any program of ours: processes by its connector, files by fanotify. Whatever else an event has is read from
 * {@code /proc} a moment later, where a process that is gone has left nothing.
 */
public final class NoticeFeed implements Feed {
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int PAUSE = 20;
    private static final int HURRIED_PAUSE = 1;
    /** How often mounts are looked at. */
    private static final long MARK_PERIOD = 500_000_000L;
    /** As many processes as are remembered; with more, the oldest would be found again in /proc. */
    private static final int MOST = 65_536;

    private static final List<String> UNSEEN = List.of(
            "rename, unlink, mkdir, link, chmod; mounts, namespaces, modules, ptrace, users: no notice tells them",
            "connections and other calls about sockets: no notice tells them",
            "how a file was opened: one that is written is told when it is closed; files that could not be opened are not told",
            "arguments of programs that end at once; calls that fail; the order of programs and files among each other",
            "the container of a process that ended before we looked");

    private final ProcFiles files;
    private final Path root;
    private final Arena arena = Arena.ofShared();
    private final ProcessNotices processes;
    private final FileNotices opened;
    private final MemorySegment state;
    private final MemorySegment asked;
    private final ArrayDeque<byte[]> records = new ArrayDeque<>();
    /** When each process was born, as we told it: events of one process must agree. */
    private final Map<Integer, Long> births = new HashMap<>();

    private final Map<String, Long> cgroups = new HashMap<>();
    private final Optional<Path> cgroupRoot;
    private final int own = (int) ProcessHandle.current().pid();
    private long lost;
    private long lastMark;

    private NoticeFeed(Path root, Optional<Path> cgroupRoot) throws IOException {
        this.root = root;
        this.cgroupRoot = cgroupRoot;
        this.files = new ProcFiles(root.resolve("proc"));
        this.state = arena.allocate(Native.CALL_STATE);
        this.asked = arena.allocate(16, 4);
        try {
            this.processes = ProcessNotices.begin(arena);
        } catch (IOException refused) {
            arena.close();
            throw refused;
        }
        try {
            this.opened = FileNotices.open(arena, root);
        } catch (IOException refused) {
            processes.close();
            arena.close();
            throw refused;
        }
        ask(0, processes.descriptor());
        ask(8, opened.descriptor());
    }

    private void ask(int at, int descriptor) {
        asked.set(ValueLayout.JAVA_INT, at, descriptor);
        asked.set(ValueLayout.JAVA_SHORT, at + 4, (short) 1);
    }

    /**
     * Begins to listen.
     *
     * @param root of the machine's file system
     * @param cgroupRoot where the unified hierarchy of control groups is mounted
     * @throws IOException in a line, when this machine does not allow it
     */
    public static NoticeFeed open(Path root, Path cgroupRoot) throws IOException {
        return new NoticeFeed(root, Optional.of(cgroupRoot));
    }

    /** Begins to listen on a machine without the unified hierarchy of control groups: containers have no names then. */
    public static NoticeFeed open(Path root) throws IOException {
        return new NoticeFeed(root, Optional.empty());
    }

    @Override
    public void want(Wishes wanted) {
        opened.turn(wanted.kinds().contains(Kind.OPENAT) || wanted.kinds().contains(Kind.OPEN));
    }

    @Override
    public void begin() {
        // it listens since it was opened
    }

    @Override
    public int drain(int most, Ring.Reader reader) {
        if (records.isEmpty()) {
            lost += processes.read(new Processes());
            lost += opened.read(this::fileOpened);
        }
        int drained = 0;
        while (drained < most && !records.isEmpty()) {
            reader.read(Bytes.of(records.remove()));
            drained++;
        }
        return drained;
    }

    @Override
    public void await(boolean isHurried) {
        long now = System.nanoTime();
        if (now - lastMark > MARK_PERIOD) {
            lastMark = now;
            opened.markAll();
        }
        Native.poll(state, asked, isHurried ? HURRIED_PAUSE : PAUSE);
    }

    /** What the connector tells, as records. */
    private final class Processes implements ProcessNotices.Listener {
        @Override
        public void forked(int caller, int child) {
            Optional<ProcFiles.Found> found = files.one(child);
            long born = found.map(ProcFiles.Found::started).orElseGet(RecordWriter::bootNanos);
            remember(child, born);
            int parent = found.map(ProcFiles.Found::parent).orElse(caller);
            records.add(head(Kind.FORK, caller, child)
                    .fork(
                            child,
                            born,
                            parent,
                            birth(parent),
                            found.map(ProcFiles.Found::ownPid).orElse(child))
                    .name(
                            RecordWriter.CHILD_NAME,
                            found.map(ProcFiles.Found::name).orElse(""))
                    .build());
        }

        @Override
        public void executed(int process) {
            RecordWriter record = head(Kind.EXECVE, process, 0);
            files.one(process).ifPresent(found -> record.execution(found, birth(found.parent())));
            records.add(record.build());
        }

        @Override
        public void renamed(int process) {
            files.one(process)
                    .ifPresent(found -> records.add(head(Kind.NAME, process, 0)
                            .name(RecordWriter.NEW_NAME, found.name())
                            .build()));
        }

        @Override
        public void ended(int process, int code) {
            records.add(head(Kind.EXIT, process, code).build());
            births.remove(process);
        }
    }

    private void fileOpened(int process, String path, boolean isWritten) {
        if (process != own && process > 0) {
            records.add(head(Kind.OPENAT, process, 0)
                    .opened(path, isWritten ? O_WRONLY : O_RDONLY)
                    .build());
        }
    }

    private RecordWriter head(Kind kind, int process, long result) {
        Path folder = root.resolve("proc").resolve(Integer.toString(process));
        return new RecordWriter(kind)
                .head(
                        process,
                        birth(process),
                        cgroup(folder),
                        owner(folder, "unix:uid"),
                        owner(folder, "unix:gid"),
                        result);
    }

    private long birth(int process) {
        Long known = births.get(process);
        if (known != null) {
            return known;
        }
        long born = files.one(process).map(ProcFiles.Found::started).orElse(0L);
        remember(process, born);
        return born;
    }

    private void remember(int process, long born) {
        if (births.size() >= MOST) {
            births.clear();
        }
        births.put(process, born);
    }

    private static int owner(Path folder, String attribute) {
        try {
            return ((Number) Files.getAttribute(folder, attribute, LinkOption.NOFOLLOW_LINKS)).intValue();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The id of its control group in the unified hierarchy, which is the inode of the group's folder; 0 when it is gone. */
    private long cgroup(Path folder) {
        try {
            for (String line : Files.readAllLines(folder.resolve("cgroup"))) {
                if (line.startsWith("0::") && cgroupRoot.isPresent()) {
                    return cgroups.computeIfAbsent(line.substring(3), path -> inode(cgroupRoot.get(), path));
                }
            }
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long inode(Path cgroupRoot, String path) {
        try {
            Path folder = cgroupRoot.resolve(path.substring(1));
            return ((Number) Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public Map<Long, Long> lostByCgroup() {
        return Map.of();
    }

    @Override
    public List<String> unseen() {
        return UNSEEN;
    }

    @Override
    public void close() {
        opened.close();
        processes.close();
        arena.close();
    }
}
