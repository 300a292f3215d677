package dev.holdfast.version;

import dev.holdfast.version.SemanticVersions.Dialect;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An ecosystem's rules for versions: which there are, and in what order. {@link #word()} is stable; it is the package-URL type where the
 * ecosystem has one.
 */
public enum Scheme {
    DEB(new DebVersions(), "deb", "debian", "ubuntu", "echo"),
    APK(
            new ApkVersions(),
            "apk",
            "alpine",
            "wolfi",
            "chainguard",
            "alpaquita",
            "bellsoft hardened containers",
            "minimos",
            "cleanstart"),
    RPM(
            new RpmVersions(),
            "rpm",
            "red hat",
            "redhat",
            "almalinux",
            "rocky linux",
            "rocky",
            "centos",
            "fedora",
            "oracle linux",
            "amazon linux",
            "suse",
            "opensuse",
            "mageia",
            "openeuler",
            "azure linux",
            "photon os",
            "photon"),
    MAVEN(new MavenVersions(), "maven"),
    NPM(new SemanticVersions(Dialect.NPM), "npm"),
    SEMVER(
            new SemanticVersions(Dialect.TOLERANT),
            "semver",
            "bitnami",
            "github actions",
            "githubactions",
            "vscode",
            "vscode-extension",
            "openvsx"),
    PYPI(new PypiVersions(), "pypi", "pep440"),
    GEM(new GemVersions(), "gem", "rubygems", "cocoapods"),
    NUGET(new SemanticVersions(Dialect.NUGET), "nuget"),
    COMPOSER(new ComposerVersions(), "composer", "packagist"),
    GOLANG(new SemanticVersions(Dialect.GO), "golang", "go"),
    CARGO(new SemanticVersions(Dialect.STRICT), "cargo", "crates.io"),
    PUB(new SemanticVersions(Dialect.BUILD_ORDERED), "pub"),
    HACKAGE(new DottedVersions("."), "hackage", "ghc"),
    HEX(new SemanticVersions(Dialect.STRICT), "hex"),
    CRAN(new DottedVersions(".-"), "cran", "bioconductor"),
    SWIFT(new SemanticVersions(Dialect.TOLERANT), "swift", "swifturl"),
    PORTAGE(new PortageVersions(), "portage", "ebuild", "gentoo"),
    PACMAN(new PacmanVersions(), "pacman", "alpm", "arch", "arch linux"),
    CONAN(new ConanVersions(), "conan", "conancenter"),
    JULIA(new SemanticVersions(Dialect.BUILD_ORDERED), "julia"),
    GENERIC(new GenericVersions(), "generic");

    /** Longer texts are no versions. The longest real ones, snapshots with branch names, have about 150. */
    public static final int MAX_LENGTH = 1_024;

    private static final Map<String, Scheme> BY_WORD = byWord();

    private final VersionOrder order;
    private final String word;
    private final String[] otherWords;

    Scheme(VersionOrder order, String word, String... otherWords) {
        this.order = order;
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
        return order.encode(version, out) ? Optional.of(out.finish()) : Optional.empty();
    }

    /** What the ecosystem allows, to end a sentence: {@code expected …}. */
    public String rule() {
        return order.rule();
    }

    /** Whether the version behind a key of this scheme is a pre-release, which the ecosystem's ranges may leave out. */
    public boolean isPrerelease(VersionKey key) {
        return order.isPrerelease(key);
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
