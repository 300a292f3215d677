package dev.holdfast.inventory.golang;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the Go toolchain, which is that of the standard library it compiled in.
 *
 * <p>{@code go1.22.1} is 1.22.1; what vendors and experiments append ({@code -foo}, {@code +auto}, {@code X:boringcrypto},
 * {@code (Red Hat …)}) is dropped; a pre-release is written as the Go advisories write it: {@code go1.21rc2} is 1.21.0-rc.2. A development
 * build ({@code devel go1.23-abcdef}) has no version.
 */
final class Toolchain {
    private static final Pattern VERSION =
            Pattern.compile("go(\\d+\\.\\d+(?:\\.\\d+)?)(?:(rc|beta)(\\d+))?(?:[^\\w.].*)?");

    private Toolchain() {}

    /** Empty when there is none. */
    static String version(String goVersion) {
        Matcher matcher = VERSION.matcher(goVersion.strip());
        if (!matcher.matches()) {
            return "";
        }
        String release = matcher.group(1);
        if (matcher.group(2) == null) {
            return release;
        }
        boolean isShort = release.indexOf('.') == release.lastIndexOf('.');
        return release + (isShort ? ".0" : "") + "-" + matcher.group(2) + "." + matcher.group(3);
    }
}
