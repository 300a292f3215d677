package dev.holdfast.inventory;

import dev.holdfast.version.Scheme;
import java.util.Optional;

/** The package-URL types that the inventory names, each with the version order of its world. */
public enum PackageType {
    DEB("deb", Scheme.DEB, true),
    APK("apk", Scheme.APK, true),
    RPM("rpm", Scheme.RPM, true),
    NPM("npm", Scheme.NPM, false),
    PYPI("pypi", Scheme.PYPI, false),
    MAVEN("maven", Scheme.MAVEN, false),
    GOLANG("golang", Scheme.GOLANG, false),
    CARGO("cargo", Scheme.CARGO, false),
    GEM("gem", Scheme.GEM, false),
    COMPOSER("composer", Scheme.COMPOSER, false),
    NUGET("nuget", Scheme.NUGET, false),
    /** Dart and Flutter. */
    PUB("pub", Scheme.PUB, false),
    /** Elixir and Erlang. */
    HEX("hex", Scheme.HEX, false),
    /** Named by where its sources lie, {@code github.com/apple/swift-nio}. */
    SWIFT("swift", Scheme.SWIFT, false),
    /** A subspecification follows its pod's name after a slash. */
    COCOAPODS("cocoapods", Scheme.GEM, false),
    CONAN("conan", Scheme.CONAN, false),
    HACKAGE("hackage", Scheme.HACKAGE, false),
    CRAN("cran", Scheme.CRAN, false),
    JULIA("julia", Scheme.JULIA, false),
    LUAROCKS("luarocks", Scheme.GENERIC, false),
    OPAM("opam", Scheme.DEB, false),
    CONDA("conda", Scheme.GENERIC, false),
    /** Named {@code @scope/name}. */
    JSR("jsr", Scheme.SEMVER, false),
    /** GitHub Actions, named {@code owner/repository}, with the path of the action inside when it is not the repository itself. */
    GITHUB("github", Scheme.SEMVER, false),
    /** Providers, named {@code registry/namespace/name}. */
    TERRAFORM("terraform", Scheme.SEMVER, false),
    VCPKG("vcpkg", Scheme.GENERIC, false),
    BREW("brew", Scheme.GENERIC, false),
    WORDPRESS_PLUGIN("wordpress-plugin", Scheme.GENERIC, false),
    WORDPRESS_THEME("wordpress-theme", Scheme.GENERIC, false),
    SNAP("snap", Scheme.GENERIC, false),
    NIX("nix", Scheme.GENERIC, false),
    /** Programs that no package manager knows of. */
    GENERIC("generic", Scheme.GENERIC, false),
    ALPM("alpm", Scheme.PACMAN, true),
    /** Named {@code category/name}. */
    EBUILD("ebuild", Scheme.PORTAGE, true),
    OPKG("opkg", Scheme.DEB, true);

    private final String word;
    private final Scheme scheme;
    private final boolean ofDistribution;

    PackageType(String word, Scheme scheme, boolean ofDistribution) {
        this.word = word;
        this.scheme = scheme;
        this.ofDistribution = ofDistribution;
    }

    /** The package-URL type. */
    public String word() {
        return word;
    }

    /** The type of this package-URL type; empty when no inventory names it. */
    public static Optional<PackageType> ofWord(String word) {
        for (PackageType type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public Scheme scheme() {
        return scheme;
    }

    /** Whether a distribution's package manager installs it, so that the distribution's advisories speak of it. */
    public boolean isOfDistribution() {
        return ofDistribution;
    }
}
