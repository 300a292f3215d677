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
    GOLANG("golang", Scheme.GOLANG, false);

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
