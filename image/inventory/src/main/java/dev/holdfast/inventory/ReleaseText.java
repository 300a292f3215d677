package dev.holdfast.inventory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the one-line files that named a distribution before {@code os-release} did, and do so in images of old releases and in stripped
 * ones: {@code CentOS release 6.10 (Final)}, {@code 3.10.2}, {@code 12.5}, {@code bookworm/sid}.
 */
final class ReleaseText {
    /** How the lines begin, and which {@code ID} the same distribution has in {@code os-release}. Longer beginnings come first. */
    private static final List<Known> KNOWN = List.of(
            new Known("Red Hat Enterprise Linux", "rhel", "fedora"),
            new Known("CentOS", "centos", "rhel fedora"),
            new Known("Rocky Linux", "rocky", "rhel centos fedora"),
            new Known("AlmaLinux", "almalinux", "rhel centos fedora"),
            new Known("Oracle Linux", "ol", "fedora"),
            new Known("Enterprise Linux Enterprise Linux", "ol", "fedora"),
            new Known("Scientific Linux", "scientific", "rhel centos fedora"),
            new Known("Amazon Linux", "amzn", "rhel fedora"),
            new Known("Fedora", "fedora", ""),
            new Known("SUSE Linux Enterprise Server", "sles", "suse"),
            new Known("SUSE Linux Enterprise Desktop", "sled", "suse"),
            new Known("openSUSE", "opensuse", "suse"),
            new Known("VMware Photon", "photon", ""));

    private static final Pattern VERSION = Pattern.compile("(?:^|\\s)(\\d[\\w.]*)");
    private static final Pattern PATCH_LEVEL = Pattern.compile("(?m)^PATCHLEVEL\\s*=\\s*([1-9]\\d*)");

    private ReleaseText() {}

    private record Known(String beginning, String id, String like) {
        Distribution at(String version, String name, String path) {
            return new Distribution(
                    id, version, name, Optional.empty(), like.isEmpty() ? List.of() : List.of(like.split(" ")), path);
        }
    }

    /** A vendor's line, as in {@code /etc/redhat-release} and its likes. */
    static Optional<Distribution> named(String text, String path) {
        String line = firstLine(text);
        for (Known known : KNOWN) {
            if (line.regionMatches(true, 0, known.beginning, 0, known.beginning.length())) {
                Matcher version = VERSION.matcher(line);
                String number = version.find() ? version.group(1) : "";
                Matcher patch = PATCH_LEVEL.matcher(text);
                boolean hasPatch = !number.isEmpty() && !number.contains(".") && patch.find();
                return Optional.of(known.at(hasPatch ? number + "." + patch.group(1) : number, line, path));
            }
        }
        return Optional.empty();
    }

    /** {@code /etc/alpine-release} is the version alone. */
    static Optional<Distribution> alpine(String text, String path) {
        String version = firstLine(text);
        return version.isEmpty() || !Character.isDigit(version.charAt(0))
                ? Optional.empty()
                : Optional.of(new Distribution(
                        "alpine", version, "Alpine Linux " + version, Optional.empty(), List.of(), path));
    }

    /** {@code /etc/debian_version} is the point release, or the names of what comes next: then there is no version yet. */
    static Optional<Distribution> debian(String text, String path) {
        String line = firstLine(text);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        if (Character.isDigit(line.charAt(0))) {
            int point = line.indexOf('.');
            String major = point < 0 ? line : line.substring(0, point);
            return Optional.of(
                    new Distribution("debian", major, "Debian GNU/Linux " + line, Optional.empty(), List.of(), path));
        }
        int slash = line.indexOf('/');
        String codename = (slash < 0 ? line : line.substring(0, slash)).toLowerCase(Locale.ROOT);
        return OsRelease.isId(codename)
                ? Optional.of(new Distribution(
                        "debian", "", "Debian GNU/Linux " + line, Optional.of(codename), List.of(), path))
                : Optional.empty();
    }

    /** {@code /etc/lsb-release}, Ubuntu's before all. */
    static Optional<Distribution> lsb(OsRelease values, String path) {
        String id = values.value("DISTRIB_ID").toLowerCase(Locale.ROOT);
        if (!OsRelease.isId(id)) {
            return Optional.empty();
        }
        String name = values.value("DISTRIB_DESCRIPTION");
        return Optional.of(new Distribution(
                id,
                values.value("DISTRIB_RELEASE"),
                name.isEmpty() ? id : name,
                Optional.of(values.value("DISTRIB_CODENAME")).filter(each -> !each.isEmpty()),
                List.of(),
                path));
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
