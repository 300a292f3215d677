package dev.holdfast.compare;

import dev.holdfast.inventory.PackageType;
import java.util.Locale;
import java.util.Optional;

/** The tools' words for kinds of packages. */
final class Kinds {
    private Kinds() {}

    /** Trivy's type of a result: a distribution's name, or a kind of file. */
    static Optional<PackageType> ofTrivy(String word) {
        return switch (word) {
            case "debian", "ubuntu", "echo" -> Optional.of(PackageType.DEB);
            case "alpine", "wolfi", "chainguard", "minimos" -> Optional.of(PackageType.APK);
            case "redhat",
                    "rhel",
                    "centos",
                    "rocky",
                    "alma",
                    "fedora",
                    "oracle",
                    "amazon",
                    "photon",
                    "azurelinux",
                    "cbl-mariner",
                    "suse linux enterprise server",
                    "opensuse-leap",
                    "opensuse-tumbleweed",
                    "opensuse.leap",
                    "opensuse.tumbleweed",
                    "opensuse",
                    "sles",
                    "slem",
                    "openeuler" -> Optional.of(PackageType.RPM);
            case "arch" -> Optional.of(PackageType.ALPM);
            case "jar", "pom", "gradle", "sbt" -> Optional.of(PackageType.MAVEN);
            case "node-pkg", "npm", "yarn", "pnpm", "bun" -> Optional.of(PackageType.NPM);
            case "python-pkg", "pip", "pipenv", "poetry", "uv", "pylock" -> Optional.of(PackageType.PYPI);
            case "gobinary", "gomod" -> Optional.of(PackageType.GOLANG);
            case "rustbinary", "cargo" -> Optional.of(PackageType.CARGO);
            case "gemspec", "bundler" -> Optional.of(PackageType.GEM);
            case "composer", "composer-vendor" -> Optional.of(PackageType.COMPOSER);
            case "nuget", "dotnet-core", "packages-props" -> Optional.of(PackageType.NUGET);
            case "conda-pkg", "conda-environment" -> Optional.of(PackageType.CONDA);
            case "conan" -> Optional.of(PackageType.CONAN);
            case "pub" -> Optional.of(PackageType.PUB);
            case "hex" -> Optional.of(PackageType.HEX);
            case "swift" -> Optional.of(PackageType.SWIFT);
            case "cocoapods" -> Optional.of(PackageType.COCOAPODS);
            case "julia" -> Optional.of(PackageType.JULIA);
            default -> Optional.empty();
        };
    }

    /** Syft's type of a package, which Grype repeats. */
    static Optional<PackageType> ofSyft(String word) {
        return switch (word) {
            case "java-archive", "jenkins-plugin" -> Optional.of(PackageType.MAVEN);
            case "go-module" -> Optional.of(PackageType.GOLANG);
            case "python" -> Optional.of(PackageType.PYPI);
            case "rust-crate" -> Optional.of(PackageType.CARGO);
            case "php-composer" -> Optional.of(PackageType.COMPOSER);
            case "dotnet" -> Optional.of(PackageType.NUGET);
            case "binary" -> Optional.of(PackageType.GENERIC);
            case "R-package" -> Optional.of(PackageType.CRAN);
            case "dart-pub" -> Optional.of(PackageType.PUB);
            case "pod" -> Optional.of(PackageType.COCOAPODS);
            case "portage" -> Optional.of(PackageType.EBUILD);
            case "github-action" -> Optional.of(PackageType.GITHUB);
            default -> PackageType.ofWord(word);
        };
    }

    /** OSV's ecosystem, the release behind a colon left out. */
    static Optional<PackageType> ofOsv(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        return switch (colon < 0 ? ecosystem : ecosystem.substring(0, colon)) {
            case "Debian", "Ubuntu", "Echo" -> Optional.of(PackageType.DEB);
            case "Alpine", "Wolfi", "Chainguard", "Alpaquita", "MinimOS" -> Optional.of(PackageType.APK);
            case "AlmaLinux", "Rocky Linux", "Red Hat", "SUSE", "openSUSE", "Photon OS", "openEuler", "Azure Linux" ->
                Optional.of(PackageType.RPM);
            case "Maven" -> Optional.of(PackageType.MAVEN);
            case "npm" -> Optional.of(PackageType.NPM);
            case "PyPI" -> Optional.of(PackageType.PYPI);
            case "Go" -> Optional.of(PackageType.GOLANG);
            case "crates.io" -> Optional.of(PackageType.CARGO);
            case "RubyGems" -> Optional.of(PackageType.GEM);
            case "Packagist" -> Optional.of(PackageType.COMPOSER);
            case "NuGet" -> Optional.of(PackageType.NUGET);
            case "Pub" -> Optional.of(PackageType.PUB);
            case "Hex" -> Optional.of(PackageType.HEX);
            case "SwiftURL" -> Optional.of(PackageType.SWIFT);
            case "ConanCenter" -> Optional.of(PackageType.CONAN);
            case "CRAN" -> Optional.of(PackageType.CRAN);
            case "Hackage" -> Optional.of(PackageType.HACKAGE);
            case "GitHub Actions" -> Optional.of(PackageType.GITHUB);
            default -> Optional.empty();
        };
    }

    /** Snyk's package manager. */
    static Optional<PackageType> ofSnyk(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "deb", "linux", "dpkg" -> Optional.of(PackageType.DEB);
            case "maven", "gradle", "sbt" -> Optional.of(PackageType.MAVEN);
            case "npm", "yarn", "pnpm" -> Optional.of(PackageType.NPM);
            case "pip", "poetry", "pipenv" -> Optional.of(PackageType.PYPI);
            case "gomodules", "golangdep", "govendor" -> Optional.of(PackageType.GOLANG);
            case "rubygems" -> Optional.of(PackageType.GEM);
            default -> PackageType.ofWord(word.toLowerCase(Locale.ROOT)).or(() -> ofTrivy(word));
        };
    }
}
