package dev.holdfast.advisory.feed.osv;

import dev.holdfast.version.Scheme;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OSV ecosystem, {@code name} or {@code name:release}, as our facts name it.
 *
 * @param namespace see {@link dev.holdfast.advisory.fact}
 * @param repository pocket, product or content set that narrows it; empty when there is none
 * @param scheme how its versions are ordered
 * @param isDistribution whether its packages are a distribution's, whose bulletins speak of CVEs
 */
record OsvEcosystem(String namespace, String repository, Scheme scheme, boolean isDistribution) {

    /** Languages and applications: OSV name to namespace. */
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("pypi", "pypi"),
            Map.entry("npm", "npm"),
            Map.entry("go", "golang"),
            Map.entry("maven", "maven"),
            Map.entry("crates.io", "cargo"),
            Map.entry("rubygems", "gem"),
            Map.entry("packagist", "composer"),
            Map.entry("nuget", "nuget"),
            Map.entry("hex", "hex"),
            Map.entry("pub", "pub"),
            Map.entry("swifturl", "swift"),
            Map.entry("hackage", "hackage"),
            Map.entry("ghc", "ghc"),
            Map.entry("cran", "cran"),
            Map.entry("bioconductor", "bioconductor"),
            Map.entry("conancenter", "conan"),
            Map.entry("github actions", "githubactions"),
            Map.entry("julia", "julia"),
            Map.entry("bitnami", "bitnami"),
            Map.entry("kubernetes", "kubernetes"),
            Map.entry("vscode", "vscode-extension"),
            Map.entry("openvsx", "openvsx"));

    /** Distributions without releases: OSV name to namespace and scheme. */
    private static final Map<String, Scheme> ROLLING = Map.of(
            "wolfi", Scheme.APK,
            "chainguard", Scheme.APK,
            "minimos", Scheme.APK,
            "arch linux", Scheme.PACMAN,
            "echo", Scheme.DEB);

    /** Distributions whose releases stand as they are after the colon: OSV name to os-release identifier. */
    private static final Map<String, String> BY_RELEASE = Map.of(
            "almalinux", "almalinux",
            "rocky linux", "rocky",
            "photon os", "photon",
            "mageia", "mageia",
            "azure linux", "azurelinux",
            "oracle linux", "ol",
            "amazon linux", "amzn",
            "fedora", "fedora",
            "centos", "centos",
            "openeuler", "openeuler");

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)*");

    /** {@code Linux Enterprise Server 15 SP3-LTSS}: product, release, service pack, suffix. */
    private static final Pattern SUSE = Pattern.compile("(.+?) (\\d+)(?: SP(\\d+))?(?:[- ](\\S.*))?");

    /** {@code Linux Enterprise Micro 5.2}: product and release. */
    private static final Pattern SUSE_DOTTED = Pattern.compile("(.+?) (\\d+\\.\\d+)");

    /** {@code enterprise_linux:9::appstream}: product, release, anything, variant. */
    private static final Pattern RED_HAT = Pattern.compile("([^:]+):(\\d+)(\\.\\d+)?(?::[^:]*)?(?::(.*))?");

    /** Empty when it is one of which no namespace is known, or one that must have a release and has none. */
    static Optional<OsvEcosystem> of(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        String name =
                (colon < 0 ? ecosystem : ecosystem.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        String release = colon < 0 ? "" : ecosystem.substring(colon + 1).strip();
        String language = LANGUAGES.get(name);
        if (language != null) {
            return Optional.of(new OsvEcosystem(language, "", languageScheme(name), false));
        }
        Scheme rolling = ROLLING.get(name);
        if (rolling != null) {
            return Optional.of(distribution(name.equals("arch linux") ? "arch" : name, "", rolling));
        }
        String id = BY_RELEASE.get(name);
        if (id != null) {
            return byRelease(id, release);
        }
        return switch (name) {
            case "debian" -> debian(release);
            case "ubuntu" -> ubuntu(release);
            case "alpine" -> alpine(release);
            case "alpaquita", "bellsoft hardened containers" -> alpaquita(name, release);
            case "red hat" -> redHat(release);
            case "suse", "opensuse" -> suse(release);
            default -> Optional.empty();
        };
    }

    private static OsvEcosystem distribution(String namespace, String repository, Scheme scheme) {
        return new OsvEcosystem(namespace, repository, scheme, true);
    }

    private static Scheme languageScheme(String name) {
        return Scheme.ofWord(name).orElse(name.equals("kubernetes") ? Scheme.SEMVER : Scheme.GENERIC);
    }

    private static Optional<OsvEcosystem> byRelease(String id, String release) {
        Matcher number = NUMBER.matcher(release);
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        String plain = number.group();
        boolean pointZero = (id.equals("azurelinux") || id.equals("photon")) && plain.indexOf('.') < 0;
        String rest = release.substring(number.end()).replaceFirst("^[-:]", "");
        return Optional.of(distribution(id + ":" + plain + (pointZero ? ".0" : ""), rest, Scheme.RPM));
    }

    private static Optional<OsvEcosystem> debian(String release) {
        return switch (release) {
            case "" -> Optional.empty();
            case "sid", "unstable" -> Optional.of(distribution("debian:sid", "", Scheme.DEB));
            default -> Optional.of(distribution("debian:" + release, "", Scheme.DEB));
        };
    }

    /** {@code 22.04:LTS}, {@code 25.10}, {@code Pro:22.04:LTS}, {@code Pro:FIPS:18.04:LTS}: what needs a subscription is a pocket. */
    private static Optional<OsvEcosystem> ubuntu(String release) {
        StringBuilder pocket = new StringBuilder();
        for (String part : release.split(":")) {
            if (NUMBER.matcher(part).matches()) {
                String repository = pocket.isEmpty()
                        ? ""
                        : pocket.toString().equals("pro") ? "esm" : pocket.substring("pro-".length());
                return Optional.of(distribution("ubuntu:" + part, repository, Scheme.DEB));
            }
            pocket.append(pocket.isEmpty() ? "" : "-").append(part.toLowerCase(Locale.ROOT));
            if (!pocket.toString().startsWith("pro")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<OsvEcosystem> alpine(String release) {
        String plain = release.startsWith("v") ? release.substring(1) : release;
        return plain.isEmpty() ? Optional.empty() : Optional.of(distribution("alpine:" + plain, "", Scheme.APK));
    }

    private static Optional<OsvEcosystem> alpaquita(String name, String release) {
        String id = name.equals("alpaquita") ? "alpaquita" : "bellsoft-hardened-containers";
        return Optional.of(distribution(release.isEmpty() ? id : id + ":" + release, "", Scheme.APK));
    }

    /**
     * A CPE without its {@code cpe:/o:redhat:}. {@code enterprise_linux:9::baseos} is the release itself, {@code rhel_eus:9.2::baseos}
     * the support of a minor release; other products ({@code openshift:4.12::el9}) are content sets of the release that they name.
     */
    private static Optional<OsvEcosystem> redHat(String release) {
        Matcher parts = RED_HAT.matcher(release);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String product = parts.group(1);
        String major = parts.group(2);
        String minor = parts.group(3) == null ? "" : parts.group(3);
        if (product.equals("enterprise_linux")) {
            return Optional.of(distribution("rhel:" + major + minor, "", Scheme.RPM));
        }
        if (product.startsWith("rhel_") && !minor.isEmpty()) {
            return Optional.of(distribution("rhel:" + major + minor, product.substring("rhel_".length()), Scheme.RPM));
        }
        String variant = parts.group(4) == null ? "" : parts.group(4);
        Matcher base = NUMBER.matcher(variant.startsWith("el") ? variant.substring(2) : "");
        return base.lookingAt()
                ? Optional.of(distribution("rhel:" + base.group(), product + ":" + major + minor, Scheme.RPM))
                : Optional.empty();
    }

    /**
     * {@code Linux Enterprise Server 15 SP3}, {@code Linux Enterprise Module for Basesystem 15 SP3} (installed on the same system),
     * {@code Linux Enterprise Micro 5.2}, {@code Leap 15.1}, {@code Tumbleweed}.
     */
    private static Optional<OsvEcosystem> suse(String release) {
        String name = release.startsWith("SUSE ") ? release.substring(5) : release;
        if (name.startsWith("openSUSE ")) {
            name = name.substring(9);
        }
        if (name.equals("Tumbleweed")) {
            return Optional.of(distribution("opensuse-tumbleweed", "", Scheme.RPM));
        }
        Matcher dotted = SUSE_DOTTED.matcher(name);
        if (dotted.matches()) {
            return switch (dotted.group(1)) {
                case "Leap" -> Optional.of(distribution("opensuse-leap:" + dotted.group(2), "", Scheme.RPM));
                case "Leap Micro" ->
                    Optional.of(distribution("opensuse-leap-micro:" + dotted.group(2), "", Scheme.RPM));
                case "Linux Enterprise Micro", "Linux Micro" ->
                    Optional.of(distribution("sle-micro:" + dotted.group(2), "", Scheme.RPM));
                default -> Optional.empty();
            };
        }
        Matcher parts = SUSE.matcher(name);
        return parts.matches() ? suseEnterprise(parts) : Optional.empty();
    }

    private static Optional<OsvEcosystem> suseEnterprise(Matcher parts) {
        String product = parts.group(1);
        String pack = parts.group(3) == null || parts.group(3).equals("0") ? "" : "." + parts.group(3);
        String release = parts.group(2) + pack;
        String suffix = parts.group(4) == null ? "" : parts.group(4).toLowerCase(Locale.ROOT);
        if (product.equals("Linux Enterprise Server")) {
            return Optional.of(distribution("sles:" + release, suffix, Scheme.RPM));
        }
        if (product.equals("Linux Enterprise Server for SAP Applications")) {
            return Optional.of(distribution("sles_sap:" + release, suffix, Scheme.RPM));
        }
        if (product.equals("Linux Enterprise Desktop")) {
            return Optional.of(distribution("sled:" + release, suffix, Scheme.RPM));
        }
        if (product.startsWith("Linux Enterprise Module for ") || product.startsWith("Linux Enterprise Software ")) {
            return Optional.of(distribution("sles:" + release, suffix, Scheme.RPM));
        }
        if (product.equals("Package Hub") || product.equals("SUSE Package Hub")) {
            return Optional.of(distribution("sles:" + release, "packagehub", Scheme.RPM));
        }
        return Optional.empty();
    }
}
