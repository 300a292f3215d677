package dev.holdfast.secrets;

/**
 * What everybody can download and nobody wrote by hand, told before it is looked through: shared libraries and message catalogues in the
 * folders of the system, the lists and caches of package managers. It is about two thirds of a Debian image, and holds nobody's secrets.
 */
public final class Shipped {
    private static final String[] LIBRARIES = {
        "/usr/lib/", "/lib/", "/usr/lib64/", "/lib64/", "/usr/lib32/", "/usr/libexec/"
    };

    private static final String[] LISTS = {
        "/var/lib/apt/lists/",
        "/var/cache/apt/",
        "/var/cache/dnf/",
        "/var/cache/yum/",
        "/var/cache/apk/",
        "/etc/apk/cache/"
    };

    private Shipped() {}

    /** Whether the path alone tells. */
    public static boolean isAt(String path) {
        return startsWithAny(path, LISTS) || path.startsWith("/usr/share/locale/") && path.endsWith(".mo");
    }

    /** Whether the place and the first bytes tell: a program or library in ELF among the system's libraries. */
    public static boolean isMachineCode(String path, byte[] bytes, int offset, int length) {
        return length >= 4
                && bytes[offset] == 0x7f
                && bytes[offset + 1] == 'E'
                && bytes[offset + 2] == 'L'
                && bytes[offset + 3] == 'F'
                && startsWithAny(path, LIBRARIES);
    }

    private static boolean startsWithAny(String path, String[] beginnings) {
        for (String beginning : beginnings) {
            if (path.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
