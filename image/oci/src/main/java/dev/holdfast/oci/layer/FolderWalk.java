package dev.holdfast.oci.layer;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.store.PathBytes;
import dev.holdfast.oci.store.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a folder as the root of a file system into a {@link LayerIndex}. No link is followed. A mount of a pseudo file system ({@code proc},
 * {@code sysfs}, …) is kept as an empty folder: what the kernel shows there are no files. Other mounts are walked. A folder or wanted file
 * that may not be read is a gap.
 */
public final class FolderWalk {
    /** File systems without files: the kernel makes up what is read there. */
    private static final Set<String> PSEUDO = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "efivarfs",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "nsfs",
            "proc",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "sysfs",
            "tracefs");

    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;
    private static final int LINK = 0120000;
    private static final int REGULAR = 0100000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int DIRECTORY = 0040000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int FIFO = 0010000;

    private final Path root;
    private final Interest interest;
    private final Watch.LayerWatch watch;
    private final Limits limits;
    private final Gaps gaps;
    private final LayerIndex index = new LayerIndex();
    private final byte[] piece = new byte[128 << 10];
    private long unshown;

    private record Folder(Path path, byte[] name, long device) {}

    /** What one {@code lstat} says. */
    private record Status(int mode, long size, long device) {
        static Status of(Path path) throws IOException {
            Map<String, Object> attributes =
                    Files.readAttributes(path, "unix:mode,size,dev", LinkOption.NOFOLLOW_LINKS);
            return new Status((int) number(attributes, "mode"), number(attributes, "size"), number(attributes, "dev"));
        }

        private static long number(Map<String, Object> attributes, String name) {
            return attributes.get(name) instanceof Number number ? number.longValue() : 0;
        }
    }

    public FolderWalk(Path root, Interest interest, Watch.LayerWatch watch, Limits limits, Gaps gaps) {
        this.root = root;
        this.interest = interest;
        this.watch = watch;
        this.limits = limits;
        this.gaps = gaps;
    }

    public LayerIndex run() throws InputException, IOException {
        PathBytes.checkedPathLimit(limits.pathBytes());
        Deque<Folder> rest = new ArrayDeque<>();
        rest.push(new Folder(root, new byte[0], Status.of(root).device()));
        while (!rest.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("reading was interrupted");
            }
            List<Folder> below = list(rest.pop());
            for (int i = below.size() - 1; i >= 0; i--) {
                rest.push(below.get(i));
            }
        }
        if (unshown > 0) {
            gaps.add(
                    Gap.Code.NO_PERMISSION,
                    "/",
                    String.format(
                            Locale.ROOT,
                            "%,d files may not be read, so their content was not examined: run with the permission to, or accept the gap",
                            unshown));
        }
        return index;
    }

    private List<Folder> list(Folder folder) throws InputException, IOException {
        List<Folder> below = new ArrayList<>();
        for (Path path : entriesOf(folder)) {
            Status status;
            try {
                status = Status.of(path);
            } catch (NoSuchFileException gone) {
                continue; // removed since the folder was listed
            }
            byte[] name = PathNames.last(path);
            byte[] whole = join(folder.name(), name);
            add(folder, path, whole, status).ifPresent(below::add);
        }
        return below;
    }

    private List<Path> entriesOf(Folder folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path())) {
            stream.forEach(entries::add);
        } catch (AccessDeniedException denied) {
            gap(folder.name(), "the folder may not be read: run with the permission to, or accept the gap");
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        } catch (NoSuchFileException gone) {
            return List.of(); // removed since its parent was listed
        }
        entries.sort(null);
        return entries;
    }

    private byte[] join(byte[] folder, byte[] name) throws InputException {
        int length = folder.length == 0 ? name.length : folder.length + 1 + name.length;
        if (length > limits.pathBytes()) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "a path of %,d bytes, more than the %,d that are read",
                            length,
                            limits.pathBytes()));
        }
        byte[] whole = Arrays.copyOf(folder, length);
        if (folder.length > 0) {
            whole[folder.length] = '/';
        }
        System.arraycopy(name, 0, whole, length - name.length, name.length);
        return whole;
    }

    private Optional<Folder> add(Folder parent, Path path, byte[] name, Status status)
            throws InputException, IOException {
        if (index.count() >= limits.entries()) {
            throw new InputException(
                    InputException.Code.LIMIT, String.format(Locale.ROOT, "more than %,d files", limits.entries()));
        }
        int permissions = status.mode() & 07777;
        switch (status.mode() & TYPE_MASK) {
            case DIRECTORY -> {
                index.add(LayerIndex.Kind.DIRECTORY, name, name.length, permissions);
                boolean isLeftOut = status.device() != parent.device() && isPseudo(path);
                return isLeftOut ? Optional.empty() : Optional.of(new Folder(path, name, status.device()));
            }
            case REGULAR -> addFile(path, name, permissions, status.size());
            case LINK -> addLink(path, name, permissions);
            case CHARACTER_DEVICE -> index.add(LayerIndex.Kind.CHARACTER_DEVICE, name, name.length, permissions);
            case BLOCK_DEVICE -> index.add(LayerIndex.Kind.BLOCK_DEVICE, name, name.length, permissions);
            case FIFO -> index.add(LayerIndex.Kind.FIFO, name, name.length, permissions);
            case SOCKET -> index.add(LayerIndex.Kind.SOCKET, name, name.length, permissions);
            default -> {
                // no other type exists; one that comes to be has no content we know of
            }
        }
        return Optional.empty();
    }

    public static boolean isPseudo(Path mount) throws IOException {
        return PSEUDO.contains(Files.getFileStore(mount).type());
    }

    private void addLink(Path path, byte[] name, int permissions) throws IOException {
        byte[] target = PathNames.target(Files.readSymbolicLink(path));
        index.addLink(LayerIndex.Kind.SYMBOLIC_LINK, name, name.length, permissions, target, target.length);
    }

    private void addFile(Path path, byte[] name, int permissions, long size) throws IOException {
        int entry = index.addRegular(name, name.length, permissions, size);
        FileHeader header = new FileHeader(FileType.REGULAR, size, permissions);
        show(path, LayerWalk.absolute(name, name.length), header);
        Want want = interest.in(LayerWalk.absolute(name, name.length), header);
        if (want == Want.NOTHING) {
            return;
        }
        if (!Files.isReadable(path)) {
            gap(name, "the file may not be read: run with the permission to, or accept the gap");
        } else if (want == Want.CONTENT) {
            index.set(entry, LayerIndex.WANTED);
        } else if (beginsProgram(path)) {
            index.set(entry, LayerIndex.PROGRAM);
            index.set(entry, LayerIndex.WANTED);
        }
    }

    private void show(Path path, String name, FileHeader header) throws IOException {
        if (!watch.sees()) {
            return;
        }
        try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            watch.begin(name, header);
            long rest = header.size(); // a file that grows while it is read must end
            for (int got = 0; got >= 0 && rest > 0; ) {
                got = stream.read(piece, 0, (int) Math.min(piece.length, rest));
                watch.content(piece, 0, Math.max(got, 0));
                rest -= Math.max(got, 0);
            }
            watch.end();
        } catch (NoSuchFileException gone) {
            // removed since its folder was listed
        } catch (IOException unreadable) {
            unshown++; // what is wanted of it is told by whoever wants it
        }
    }

    private static boolean beginsProgram(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] head = stream.readNBytes(Programs.MAGIC_BYTES);
            return Programs.begins(head, head.length);
        }
    }

    private void gap(byte[] name, String detail) {
        gaps.add(Gap.Code.NO_PERMISSION, LayerWalk.absolute(name, name.length), detail);
    }
}
