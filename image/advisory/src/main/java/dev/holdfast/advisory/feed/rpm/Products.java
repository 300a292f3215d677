package dev.holdfast.advisory.feed.rpm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that vendors give to their releases, and the namespaces that these are here.
 *
 * <p>Red Hat's layered products (OpenShift, Satellite, JBoss, …) are no namespaces: they share package names with the distribution but
 * have version lines of their own, and an image does not tell which product's repository a package came from. Extended streams of a
 * minor release ({@code rhel_eus:9.2}, also AUS, TUS, E4S, ELS) have version lines of their own too, and are kept apart as
 * {@code rhel:9.2+eus}.
 */
public final class Products {
    private static final Pattern RED_HAT_CPE = Pattern.compile(
            "cpe:/[oa]:redhat:(enterprise_linux|rhel_(eus|aus|tus|e4s|els|eus_long_life)):(\\d{1,2})(\\.\\d{1,2})?(?:::?.*)?");
    private static final Pattern SUSE_CPE = Pattern.compile(
            "cpe:/o:(?:suse:(sles|sled|sle-module-[a-z0-9-]+|sle-micro|sl-micro)|opensuse:(leap|tumbleweed)):?([0-9.]*)(?::sp(\\d))?");
    private static final Pattern RED_HAT = Pattern.compile("Red Hat Enterprise Linux (?:Server )?(\\d{1,2})");
    private static final Pattern ORACLE = Pattern.compile("Oracle Linux (\\d{1,2})");
    private static final Pattern ROCKY = Pattern.compile("Rocky Linux (\\d{1,2})(?:\\.\\d+)?");
    private static final Pattern ALMA = Pattern.compile("(?:AlmaLinux |almalinux-)(\\d{1,2})(?:[-. ].*)?");
    private static final Pattern FEDORA = Pattern.compile("Fedora (?:Linux )?(\\d{1,3})");
    private static final Pattern PHOTON = Pattern.compile("Photon (?:OS )?(\\d)(?:\\.\\d)?");
    private static final Pattern AMAZON = Pattern.compile("Amazon Linux (2022|2023|2)(?: .*)?");
    private static final Pattern SUSE = Pattern.compile(
            "SUSE Linux Enterprise (?:Server|Module for .{1,80}?) (\\d{2})(?:[ -]SP(\\d))?(-LTSS|-LTSS-CORE)?");
    private static final Pattern SUSE_DESKTOP =
            Pattern.compile("SUSE Linux Enterprise Desktop (\\d{2})(?:[ -]SP(\\d))?");
    private static final Pattern SUSE_MICRO = Pattern.compile("SUSE Linux (Enterprise )?Micro (\\d\\.\\d)");
    private static final Pattern OPENSUSE = Pattern.compile("openSUSE (?:(Leap) )?(\\d{2}\\.\\d)");
    private static final Pattern OPENEULER = Pattern.compile("openEuler-(\\d\\d\\.\\d\\d(?:-LTS)?(?:-SP\\d)?)");

    private Products() {}

    /** The namespace of a common platform enumeration name (2.2, {@code cpe:/o:redhat:enterprise_linux:9::baseos}). */
    public static Optional<String> ofCpe(String cpe) {
        Matcher redHat = RED_HAT_CPE.matcher(cpe);
        if (redHat.matches()) {
            String stream = redHat.group(2);
            String minor = redHat.group(4);
            String release = stream == null || minor == null ? redHat.group(3) : redHat.group(3) + minor;
            return Optional.of("rhel:" + release + (stream == null ? "" : "+" + stream));
        }
        Matcher suse = SUSE_CPE.matcher(cpe);
        if (!suse.matches()) {
            return Optional.empty();
        }
        if (suse.group(2) != null) {
            return Optional.of(suse.group(2).equals("leap") ? "opensuse-leap:" + suse.group(3) : "opensuse-tumbleweed");
        }
        String product = suse.group(1).startsWith("sle-module-") ? "sles" : suse.group(1);
        return Optional.of(product + ":" + servicePack(suse.group(3), suse.group(4)));
    }

    /** The namespace of a product's name ({@code SUSE Linux Enterprise Server 15 SP3}, {@code Oracle Linux 8}). */
    public static Optional<String> ofName(String name) {
        return ofRedHatFamily(name).or(() -> ofSuse(name)).or(() -> ofOthers(name));
    }

    private static Optional<String> ofRedHatFamily(String name) {
        return first(RED_HAT, name, "rhel:")
                .or(() -> first(ORACLE, name, "ol:"))
                .or(() -> first(ROCKY, name, "rocky:"))
                .or(() -> first(ALMA, name, "almalinux:"))
                .or(() -> first(FEDORA, name, "fedora:"))
                .or(() -> first(AMAZON, name, "amzn:"));
    }

    private static Optional<String> ofSuse(String name) {
        Matcher server = SUSE.matcher(name);
        if (server.matches()) {
            return Optional.of("sles:" + servicePack(server.group(1), server.group(2)));
        }
        Matcher desktop = SUSE_DESKTOP.matcher(name);
        if (desktop.matches()) {
            return Optional.of("sled:" + servicePack(desktop.group(1), desktop.group(2)));
        }
        Matcher micro = SUSE_MICRO.matcher(name);
        if (micro.matches()) {
            return Optional.of((micro.group(1) == null ? "sl-micro:" : "sle-micro:") + micro.group(2));
        }
        Matcher open = OPENSUSE.matcher(name);
        if (open.matches()) {
            return Optional.of((open.group(1) == null ? "opensuse:" : "opensuse-leap:") + open.group(2));
        }
        return name.equals("openSUSE Tumbleweed") ? Optional.of("opensuse-tumbleweed") : Optional.empty();
    }

    private static Optional<String> ofOthers(String name) {
        Matcher photon = PHOTON.matcher(name);
        if (photon.matches()) {
            return Optional.of("photon:" + photon.group(1) + ".0");
        }
        if (name.equals("Bottlerocket")) {
            return Optional.of("bottlerocket");
        }
        return first(OPENEULER, name, "openeuler:");
    }

    /** Whether a product's name ends in the mark of SUSE's paid long-term support. */
    public static boolean isLongTermSupport(String name) {
        return name.endsWith("-LTSS") || name.endsWith("-LTSS-CORE");
    }

    private static Optional<String> first(Pattern pattern, String name, String prefix) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(prefix + matcher.group(1)) : Optional.empty();
    }

    /** {@code 15.3} of release 15 and service pack 3, as os-release has it; {@code 15} without a service pack. */
    private static String servicePack(String release, @Nullable String pack) {
        return pack == null ? release : release + "." + pack;
    }
}
