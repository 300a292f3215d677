package dev.holdfast.jvm.reach.image;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside an image, as text: absolute, without {@code .} and {@code ..}. */
public final class Paths {
    private Paths() {}

    /** A path that may be relative to a folder. */
    public static String resolve(String folder, String path) {
        return normal(path.startsWith("/") ? path : folder + "/" + path);
    }

    public static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
