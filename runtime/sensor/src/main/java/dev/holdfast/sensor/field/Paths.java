package dev.holdfast.sensor.field;

/** Paths as texts: they belong to other processes and file systems, so no file system is asked. */
final class Paths {
    private Paths() {}

    /** An absolute path without {@code .}, {@code ..} and repeated slashes; a relative one starts at a folder. */
    static String absolute(String folder, String path) {
        if (path.isEmpty()) {
            return folder;
        }
        String whole = path.startsWith("/") ? path : folder + "/" + path;
        return isPlain(whole) ? whole : normal(whole);
    }

    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && !path.contains("/.")
                && (!path.endsWith("/") || path.length() == 1);
    }

    private static String normal(String path) {
        StringBuilder normal = new StringBuilder(path.length() + 1);
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            String part = path.substring(from, end);
            if (part.equals("..")) {
                normal.setLength(Math.max(0, normal.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                normal.append('/').append(part);
            }
            from = end + 1;
        }
        return normal.isEmpty() ? "/" : normal.toString();
    }

    /** All but the last part: {@code /} for what lies in the root. */
    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }

    /** The last part. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
