package dev.holdfast.oci.tree;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Follows symbolic links in a merged tree. An absolute target begins at the tree's root, {@code ..} at the root stays there, and more than
 * {@link #MOST_LINKS} links in one path lead nowhere.
 */
public final class PathResolver {
    /** As many links as Linux follows in one path before it answers ELOOP. */
    public static final int MOST_LINKS = 40;

    private final PathTable paths;
    private final Versions versions;

    /** Makes the folder that a path lacks, or answers {@link PathTable#NONE}. */
    @FunctionalInterface
    public interface FolderMaker {
        int make(int folder, byte[] name) throws InputException;
    }

    public PathResolver(PathTable paths, Versions versions) {
        this.paths = paths;
        this.versions = versions;
    }

    /** The living node that a path leads to, or {@link PathTable#NONE}. */
    public int resolve(byte[] path, int length, boolean followLast) {
        Deque<byte[]> rest = new ArrayDeque<>();
        push(rest, path, length);
        try {
            return walk(PathTable.ROOT, rest, followLast, null);
        } catch (InputException impossible) {
            throw new IllegalStateException(impossible); // only a maker of folders throws it
        }
    }

    /**
     * The folder that a symbolic link leads to; folders that are missing on the way are made.
     *
     * @return {@link PathTable#NONE} when the link leads in a circle or through something that is no folder
     */
    public int follow(int link, FolderMaker maker) throws InputException {
        Deque<byte[]> rest = new ArrayDeque<>();
        int start = push(rest, link);
        int node = start == PathTable.NONE ? start : walk(start, rest, true, maker);
        return node != PathTable.NONE && versions.isLivingDirectory(node) ? node : PathTable.NONE;
    }

    private int walk(int start, Deque<byte[]> rest, boolean followLast, @Nullable FolderMaker maker)
            throws InputException {
        int node = start;
        int links = 0;
        while (!rest.isEmpty()) {
            if (!versions.isLivingDirectory(node)) {
                return PathTable.NONE;
            }
            byte[] name = rest.pop();
            if (isParent(name)) {
                node = node == PathTable.ROOT ? node : paths.parent(node);
                continue;
            }
            int next = paths.find(node, name, 0, name.length);
            if (next == PathTable.NONE || !versions.isLiving(next)) {
                next = maker == null ? PathTable.NONE : maker.make(node, name);
                if (next == PathTable.NONE) {
                    return PathTable.NONE;
                }
            }
            boolean follow = followLast || !rest.isEmpty();
            if (follow && versions.type(versions.newest(next)) == FileType.SYMBOLIC_LINK) {
                if (++links > MOST_LINKS) {
                    return PathTable.NONE;
                }
                node = push(rest, next);
                if (node == PathTable.NONE) {
                    return PathTable.NONE;
                }
            } else {
                node = next;
            }
        }
        return node;
    }

    /** Puts a link's target in front of the rest; the result is where it begins: nowhere for an empty one, as Linux has it. */
    private int push(Deque<byte[]> rest, int link) {
        byte[] target = versions.link(versions.newest(link)).orElseThrow();
        if (target.length == 0) {
            return PathTable.NONE;
        }
        push(rest, target, target.length);
        return target[0] == '/' ? PathTable.ROOT : paths.parent(link);
    }

    private static void push(Deque<byte[]> rest, byte[] path, int length) {
        int end = length;
        while (end > 0) {
            int start = end;
            while (start > 0 && path[start - 1] != '/') {
                start--;
            }
            boolean isEmpty = start == end || end - start == 1 && path[start] == '.';
            if (!isEmpty) {
                rest.push(Arrays.copyOfRange(path, start, end));
            }
            end = start - 1;
        }
    }

    private static boolean isParent(byte[] name) {
        return name.length == 2 && name[0] == '.' && name[1] == '.';
    }
}
