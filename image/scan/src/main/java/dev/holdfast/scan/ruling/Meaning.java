package dev.holdfast.scan.ruling;

import dev.holdfast.core.PackageUrl;
import java.util.Map;

/** Whether a package URL that somebody wrote means a package that was found; they are compared by parts, never as texts. */
enum Meaning {
    /** It is that package. */
    SAME,
    /** It is another version of that package. */
    OTHER_VERSION,
    /** It is that package for another architecture. */
    OTHER_ARCHITECTURE,
    /** It is that package of another release of the distribution. */
    OTHER_RELEASE,
    /** It is another package. */
    OTHER;

    /** Names that producers give the same distribution. */
    private static final Map<String, String> NAMESPACES = Map.of(
            "redhat", "rhel",
            "amazon", "amzn",
            "oracle", "ol",
            "alma", "almalinux",
            "suse", "sles");

    static Meaning of(PackageUrl written, PackageUrl found) {
        boolean isSameName = written.type().equals(found.type())
                && written.name().equals(found.name())
                && isSameNamespace(written, found);
        if (!isSameName) {
            return OTHER;
        }
        if (!written.version().isEmpty() && !version(written).equals(version(found))) {
            return OTHER_VERSION;
        }
        if (differs("arch", written, found)) {
            return OTHER_ARCHITECTURE;
        }
        String release = written.qualifiers().getOrDefault("distro", "");
        String own = found.qualifiers().getOrDefault("distro", "");
        boolean isRelease = release.isEmpty() || own.isEmpty() || isWithin(release, own) || isWithin(own, release);
        return isRelease ? SAME : OTHER_RELEASE;
    }

    private static boolean isSameNamespace(PackageUrl written, PackageUrl found) {
        String one = NAMESPACES.getOrDefault(written.namespace(), written.namespace());
        String other = NAMESPACES.getOrDefault(found.namespace(), found.namespace());
        boolean isSystem = written.type().equals("deb")
                || written.type().equals("apk")
                || written.type().equals("rpm");
        return one.equals(other) || isSystem && (one.isEmpty() || other.isEmpty());
    }

    private static boolean differs(String qualifier, PackageUrl written, PackageUrl found) {
        String one = written.qualifiers().getOrDefault(qualifier, "");
        String other = found.qualifiers().getOrDefault(qualifier, "");
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    /** {@code debian-12} holds {@code debian-12.5}. */
    private static boolean isWithin(String whole, String part) {
        return part.equals(whole) || part.startsWith(whole + ".");
    }

    /** With the epoch in front, which some write as a qualifier, and without Go's {@code v}. */
    private static String version(PackageUrl purl) {
        String epoch = purl.qualifiers().getOrDefault("epoch", "");
        String version = purl.version();
        if (!epoch.isEmpty() && !epoch.equals("0") && version.indexOf(':') < 0) {
            return epoch + ":" + version;
        }
        return purl.type().equals("golang") && version.startsWith("v") ? version.substring(1) : version;
    }

    boolean isNear() {
        return this == OTHER_VERSION || this == OTHER_ARCHITECTURE || this == OTHER_RELEASE;
    }

    /** What keeps it from being the same, in words. */
    String difference() {
        return switch (this) {
            case SAME, OTHER -> "";
            case OTHER_VERSION -> "the version differs";
            case OTHER_ARCHITECTURE -> "the architecture differs";
            case OTHER_RELEASE -> "the distribution's release differs";
        };
    }
}
