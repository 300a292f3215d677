package dev.holdfast.version;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An ecosystem's rules for versions: which there are, and in what order. {@link #word()} is stable and is the package-URL type where there is one. */
public enum Scheme {
    DEB("deb", "debian", "ubuntu", "echo"),
    APK("apk", "alpine", "wolfi", "chainguard", "alpaquita", "minimos", "bellsoft hardened containers"),
    RPM(
            "rpm",
            "red hat",
            "redhat",
            "rocky linux",
            "almalinux",
            "suse",
            "opensuse",
            "mageia",
            "openeuler",
            "photon os",
            "azure linux",
            "amazon linux",
            "oracle linux",
            "fedora",
            "centos"),
    MAVEN("maven"),
    NPM("npm"),
    SEMVER("semver", "bitnami", "github actions", "vscode", "vscode-extension", "openvsx"),
    PYPI("pypi", "pep440"),
    GEM("gem", "rubygems", "cocoapods"),
    NUGET("nuget"),
    COMPOSER("composer", "packagist"),
    GOLANG("golang", "go"),
    CARGO("cargo", "crates.io"),
    PUB("pub"),
    HACKAGE("hackage", "ghc"),
    HEX("hex"),
    CRAN("cran", "bioconductor"),
    SWIFT("swift", "swifturl"),
    PORTAGE("portage", "ebuild", "gentoo"),
    PACMAN("pacman", "alpm", "arch", "arch linux"),
    CONAN("conan", "conancenter"),
    JULIA("julia"),
    GENERIC("generic");

    /** Longer texts are no versions. The longest real ones, Go pseudo-versions and snapshots with branch names, have about 150. */
    public static final int MAX_LENGTH = 1_024;

    private static final Map<String, Scheme> BY_WORD = byWord();

    private final String word;
    private final String[] otherWords;

    Scheme(String word, String... otherWords) {
        this.word = word;
        this.otherWords = otherWords;
    }

    /**
     * The scheme of an ecosystem, by package-URL type ({@code deb}, {@code golang}) or OSV ecosystem name ({@code PyPI},
     * {@code crates.io}, {@code Debian:12}); case does not matter, nor does an OSV release after a colon.
     */
    public static Optional<Scheme> ofWord(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        String name = colon < 0 ? ecosystem : ecosystem.substring(0, colon);
        return Optional.ofNullable(BY_WORD.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    public String word() {
        return word;
    }

    /**
     * The key of a version, or empty when the ecosystem does not allow it ({@link #rule()} says what it allows) or it is longer than
     * {@link #MAX_LENGTH}.
     */
    public Optional<VersionKey> key(String version) {
        if (version.isEmpty() || version.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        KeyWriter out = new KeyWriter();
        return order().encode(version, out) ? Optional.of(out.finish()) : Optional.empty();
    }

    /** What the ecosystem allows, to end a sentence: {@code expected …}. */
    public String rule() {
        return order().rule();
    }

    /** Whether the version behind a key of this scheme is a pre-release that the ecosystem's ranges leave out unless asked for. */
    boolean isPrerelease(VersionKey key) {
        return order().isPrerelease(key);
    }

    /** Each order is loaded when first asked for: a scan of one image meets few of them. */
    private VersionOrder order() {
        return Orders.GENERIC;
    }

    private static final class Orders {
        static final VersionOrder GENERIC = new GenericVersions();
    }

    private static Map<String, Scheme> byWord() {
        Map<String, Scheme> found = new HashMap<>();
        for (Scheme scheme : values()) {
            found.put(scheme.word, scheme);
            for (String other : scheme.otherWords) {
                found.put(other, scheme);
            }
        }
        return found;
    }
}
