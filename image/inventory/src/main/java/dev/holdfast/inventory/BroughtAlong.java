package dev.holdfast.inventory;

/**
 * Files that came along with a package: the lock file of a library's own build, in the folder where the library is installed, or in a
 * download cache. It tells what its authors built with, not what is here.
 */
public final class BroughtAlong {
    private static final String[] HOMES = {
        "/node_modules/",
        "/bower_components/",
        "/site-packages/",
        "/dist-packages/",
        "/.cargo/registry/",
        "/cargo/registry/",
        "/pkg/mod/",
        "/.cache/",
        "/.npm/",
        "/.m2/",
        "/.pub-cache/",
        "/.nuget/packages/",
        "/usr/share/doc/"
    };
    private static final String GEMS = "/gems/";

    private BroughtAlong() {}

    /** Whether the file belongs to a package of any kind, as its path tells. */
    public static boolean isInside(String path) {
        for (String home : HOMES) {
            if (path.contains(home)) {
                return true;
            }
        }
        return isInsideGem(path);
    }

    /** Below {@code gems/NAME-VERSION/}; a folder that is merely called so holds no versions. */
    private static boolean isInsideGem(String path) {
        int from = path.lastIndexOf(GEMS);
        if (from < 0) {
            return false;
        }
        int name = from + GEMS.length();
        int end = path.indexOf('/', name);
        int dash = end < 0 ? -1 : path.lastIndexOf('-', end);
        return dash > name && dash + 1 < end && Character.isDigit(path.charAt(dash + 1));
    }
}
