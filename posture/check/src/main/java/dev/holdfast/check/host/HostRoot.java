package dev.holdfast.check.host;

import dev.holdfast.core.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of a host below its root folder. Links are followed as the host would follow them: an absolute one begins at the root again, and
 * none leaves it.
 */
final class HostRoot {
    /** What Linux allows (MAXSYMLINKS). */
    private static final int MOST_LINKS = 40;

    private final Path root;
    private final Limits limits;

    HostRoot(Path root, Limits limits) {
        this.root = root;
        this.limits = limits;
    }

    /**
     * A file or folder as it lies there.
     *
     * @param path as the host names it
     * @param mode the permission bits
     */
    record HostFile(String path, int mode, int uid, int gid, boolean isFolder) {
        /** Whether it grants anything beyond these bits. */
        boolean grantsBeyond(int allowed) {
            return (mode & ~allowed & 07777) != 0;
        }
    }

    /** The file of this absolute path; empty when there is none, or none can be told. */
    Optional<HostFile> file(String path) {
        Optional<Path> real = resolve(path);
        if (real.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, Object> facts =
                    Files.readAttributes(real.get(), "unix:mode,uid,gid,isDirectory", LinkOption.NOFOLLOW_LINKS);
            return facts.get("mode") instanceof Integer mode
                            && facts.get("uid") instanceof Integer uid
                            && facts.get("gid") instanceof Integer gid
                            && facts.get("isDirectory") instanceof Boolean isFolder
                    ? Optional.of(new HostFile(path, mode & 07777, uid, gid, isFolder))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }

    boolean has(String path) {
        return resolve(path).isPresent();
    }

    /** The text of a file; empty when there is none, or it is too large to be configuration. */
    Optional<String> text(String path) {
        Optional<Path> real = resolve(path);
        try {
            if (real.isEmpty()
                    || !Files.isRegularFile(real.get())
                    || Files.size(real.get()) > Math.min(limits.fileBytes(), 16 << 20)) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(real.get()), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The files of a folder whose name is wanted, sorted; none when there is no such folder. */
    List<String> files(String folder, Predicate<String> isWanted) {
        Optional<Path> real = resolve(folder);
        List<String> found = new ArrayList<>();
        if (real.isPresent() && Files.isDirectory(real.get())) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(real.get())) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (isWanted.test(name)) {
                        found.add(folder + "/" + name);
                    }
                }
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        found.sort(null);
        return found;
    }

    private Optional<Path> resolve(String path) {
        Deque<String> open = new ArrayDeque<>(List.of(path.split("/", -1)));
        Path at = root;
        int links = 0;
        try {
            while (!open.isEmpty()) {
                String name = open.removeFirst();
                if (name.isEmpty() || name.equals(".")) {
                    continue;
                }
                if (name.equals("..")) {
                    Path parent = at.getParent();
                    at = at.equals(root) || parent == null ? root : parent;
                    continue;
                }
                Path next = at.resolve(name);
                if (!Files.isSymbolicLink(next)) {
                    at = next;
                    continue;
                }
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                String target = Files.readSymbolicLink(next).toString();
                at = target.startsWith("/") ? root : at;
                List<String> steps = List.of(target.split("/", -1));
                for (int i = steps.size() - 1; i >= 0; i--) {
                    open.addFirst(steps.get(i));
                }
            }
            return Files.exists(at, LinkOption.NOFOLLOW_LINKS) ? Optional.of(at) : Optional.empty();
        } catch (IOException | InvalidPathException none) {
            return Optional.empty();
        }
    }
}
