package dev.holdfast.watch.host;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as the kernel understands them, without asking any file system. */
public final class Paths {
    private Paths() {}

    /** The path that a process in a folder means, with {@code .} and {@code ..} worked out; an unknown folder leaves it relative. */
    public static String resolve(String folder, String path) {
        if (path.isEmpty()) {
            return "";
        }
        if (path.startsWith("/")) {
            return normalise(path);
        }
        return folder.startsWith("/") ? normalise(folder + "/" + path) : path;
    }

    private static String normalise(String path) {
        if (!path.contains("//") && !path.contains("/.") && (path.length() == 1 || !path.endsWith("/"))) {
            return path;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
