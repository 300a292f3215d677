package dev.holdfast.inventory.sbom;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Distribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that documents give distributions, translated to the {@code ID} of {@code os-release}. Syft writes that; Trivy has names of its
 * own ({@code redhat}, {@code alma}, {@code amazon}); package URLs have either as namespace, and in their {@code distro} qualifier
 * {@code debian-12}, {@code alpine-3.17.2}, {@code opensuse-leap-15.4}, only {@code 3.10.2}, or a codename.
 */
final class SystemName {
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("redhat", "rhel"),
            Map.entry("red hat enterprise linux", "rhel"),
            Map.entry("alma", "almalinux"),
            Map.entry("rockylinux", "rocky"),
            Map.entry("amazon", "amzn"),
            Map.entry("amazonlinux", "amzn"),
            Map.entry("amazon linux", "amzn"),
            Map.entry("oracle", "ol"),
            Map.entry("oraclelinux", "ol"),
            Map.entry("oracle linux", "ol"),
            Map.entry("suse linux enterprise server", "sles"),
            Map.entry("suse linux enterprise micro", "sle-micro"),
            Map.entry("suse", "sles"),
            Map.entry("opensuse.leap", "opensuse-leap"),
            Map.entry("opensuse.tumbleweed", "opensuse-tumbleweed"),
            Map.entry("opensuse leap", "opensuse-leap"),
            Map.entry("cbl-mariner", "mariner"),
            Map.entry("photon os", "photon"),
            Map.entry("debian gnu/linux", "debian"),
            Map.entry("alpine linux", "alpine"));

    /** Releases by codename, for {@code distro=bookworm}. */
    private static final Map<String, String> CODENAMES = Map.ofEntries(
            Map.entry("jessie", "debian-8"),
            Map.entry("stretch", "debian-9"),
            Map.entry("buster", "debian-10"),
            Map.entry("bullseye", "debian-11"),
            Map.entry("bookworm", "debian-12"),
            Map.entry("trixie", "debian-13"),
            Map.entry("forky", "debian-14"),
            Map.entry("trusty", "ubuntu-14.04"),
            Map.entry("xenial", "ubuntu-16.04"),
            Map.entry("bionic", "ubuntu-18.04"),
            Map.entry("focal", "ubuntu-20.04"),
            Map.entry("jammy", "ubuntu-22.04"),
            Map.entry("noble", "ubuntu-24.04"));

    /** What builders put behind a version: {@code -57.el9_6}, {@code +deb12u7}, {@code .amzn2023.0.1}, {@code .fc41}, {@code .ph5}. */
    private static final Pattern RELEASE_MARK =
            Pattern.compile("[.+~](el|deb|amzn|fc|ph|azl|cm)(\\d+)(?:u\\d+|[._~-].*)?$");

    /** Longer than any version; the pattern is not tried on more. */
    private static final int MOST_VERSION = 256;

    private SystemName() {}

    /** The {@code ID} of a name in any spelling. */
    static String id(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return IDS.getOrDefault(lower, lower);
    }

    static Distribution named(String name, String version, String pretty, String codename, String path) {
        String id = id(name);
        String shown = pretty.isEmpty() ? version.isEmpty() ? id : id + " " + version : pretty;
        return new Distribution(
                id, version, shown, Optional.of(codename).filter(each -> !each.isEmpty()), List.of(), path);
    }

    /** {@code id-version} of the release that a package URL says it is for; empty when it does not say. */
    static String ofUrl(PackageUrl purl) {
        String namespace = id(purl.namespace());
        String given = purl.qualifiers().getOrDefault("distro", "").strip();
        if (given.isEmpty()) {
            return "";
        }
        String lower = given.toLowerCase(Locale.ROOT);
        if (CODENAMES.containsKey(lower)) {
            return CODENAMES.getOrDefault(lower, "");
        }
        if (Character.isDigit(given.charAt(0))) {
            return namespace.isEmpty() ? "" : namespace + "-" + given;
        }
        int dash = given.lastIndexOf('-');
        if (dash < 1) {
            return id(given);
        }
        String version = given.substring(dash + 1);
        String codename = CODENAMES.getOrDefault(version.toLowerCase(Locale.ROOT), "");
        return codename.isEmpty() ? id(given.substring(0, dash)) + "-" + version : codename;
    }

    /** The same, told from the mark that the builder left in the version; empty when there is none. */
    static String ofVersion(String namespace, String version) {
        Matcher mark = RELEASE_MARK.matcher(version);
        if (version.length() > MOST_VERSION || !mark.find()) {
            return "";
        }
        String id = id(namespace);
        boolean fits = switch (mark.group(1)) {
            case "el" -> List.of("rhel", "centos", "rocky", "almalinux", "ol").contains(id);
            case "deb" -> id.equals("debian");
            case "amzn" -> id.equals("amzn");
            case "fc" -> id.equals("fedora");
            case "ph" -> id.equals("photon");
            case "azl" -> id.equals("azurelinux");
            default -> id.equals("mariner");
        };
        boolean hasMinor = id.equals("photon") || id.equals("azurelinux") || id.equals("mariner");
        return fits ? id + "-" + mark.group(2) + (hasMinor ? ".0" : "") : "";
    }

    /** The distribution of {@code id-version}. */
    static Distribution of(String joined, String path) {
        int dash = joined.lastIndexOf('-');
        boolean hasVersion = dash > 0 && dash + 1 < joined.length() && Character.isDigit(joined.charAt(dash + 1));
        return hasVersion
                ? named(joined.substring(0, dash), joined.substring(dash + 1), "", "", path)
                : named(joined, "", "", "", path);
    }
}
