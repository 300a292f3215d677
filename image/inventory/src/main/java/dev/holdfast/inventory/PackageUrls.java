package dev.holdfast.inventory;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.PackageRecord.Detail;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the package URL of a record, as the specification's type definitions say and common SBOM tools do.
 *
 * <p>A distribution's package has the distribution's id as namespace and the qualifiers {@code arch} and {@code distro}
 * ({@code id-version}). The version of deb and apk is whole; rpm has {@code version-release} there, its epoch in the qualifier
 * {@code epoch}, and the file name of its source package in {@code upstream}. Where the distribution is unknown, namespace and
 * {@code distro} are left out rather than guessed.
 */
final class PackageUrls {
    private final String namespace;
    private final String distro;

    PackageUrls(Optional<Distribution> distribution) {
        namespace = distribution.map(Distribution::id).orElse("");
        distro = distribution
                .map(each -> each.version().isEmpty() ? each.id() : each.id() + "-" + each.version())
                .orElse("");
    }

    /** Empty when the record's name is none that a package URL can hold. */
    Optional<PackageUrl> of(PackageRecord record) {
        try {
            return Optional.of(write(record));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private PackageUrl write(PackageRecord record) {
        String name = record.name();
        return switch (record.type()) {
            case DEB, APK ->
                new PackageUrl(record.type().word(), namespace, name, record.version(), qualifiers(record), "");
            case RPM -> rpm(record);
            case MAVEN -> split(record, name.indexOf(':'));
            case NPM -> split(record, name.startsWith("@") ? name.indexOf('/') : -1);
            case GOLANG -> split(record, name.lastIndexOf('/'));
            case PYPI -> PackageUrl.of(record.type().word(), "", pythonName(name), record.version());
            case ALPM, OPKG ->
                new PackageUrl(record.type().word(), namespace, name, record.version(), qualifiers(record), "");
            case EBUILD, COMPOSER -> split(record, name.indexOf('/'));
            case SWIFT, TERRAFORM, JSR -> split(record, name.lastIndexOf('/'));
            case GITHUB -> inside(record, name.indexOf('/'), name.indexOf('/', name.indexOf('/') + 1));
            case COCOAPODS -> inside(record, -1, name.indexOf('/'));
            case JULIA -> julia(record);
            case CARGO,
                    GEM,
                    NUGET,
                    PUB,
                    HEX,
                    CONAN,
                    HACKAGE,
                    CRAN,
                    LUAROCKS,
                    OPAM,
                    CONDA,
                    VCPKG,
                    BREW,
                    WORDPRESS_PLUGIN,
                    WORDPRESS_THEME,
                    SNAP,
                    NIX,
                    GENERIC -> split(record, -1);
        };
    }

    private static PackageUrl split(PackageRecord record, int at) {
        String name = record.name();
        return PackageUrl.of(
                record.type().word(), at < 0 ? "" : name.substring(0, at), name.substring(at + 1), record.version());
    }

    /** A part of a package: what follows the second slash, if there is one, is its path inside. */
    private static PackageUrl inside(PackageRecord record, int at, int inner) {
        String name = record.name();
        int end = inner < 0 ? name.length() : inner;
        return new PackageUrl(
                record.type().word(),
                at < 0 ? "" : name.substring(0, at),
                name.substring(at + 1, end),
                record.version(),
                Map.of(),
                inner < 0 ? "" : name.substring(inner + 1));
    }

    /** Julia's registries may give one name to several packages; only the identifier tells them apart. */
    private static PackageUrl julia(PackageRecord record) {
        Map<String, String> qualifiers = new TreeMap<>();
        record.detail(Detail.IDENTIFIER).ifPresent(identifier -> qualifiers.put("uuid", identifier));
        return new PackageUrl(record.type().word(), "", record.name(), record.version(), qualifiers, "");
    }

    private PackageUrl rpm(PackageRecord record) {
        Map<String, String> qualifiers = qualifiers(record);
        String version = record.version();
        int colon = version.indexOf(':');
        if (colon > 0) {
            qualifiers.put("epoch", version.substring(0, colon));
        }
        record.source()
                .ifPresent(source -> qualifiers.put("upstream", source.name() + "-" + source.version() + ".src.rpm"));
        return new PackageUrl(
                record.type().word(), namespace, record.name(), version.substring(colon + 1), qualifiers, "");
    }

    private Map<String, String> qualifiers(PackageRecord record) {
        Map<String, String> qualifiers = new TreeMap<>();
        record.architecture().ifPresent(architecture -> qualifiers.put("arch", architecture));
        if (!distro.isEmpty()) {
            qualifiers.put("distro", distro);
        }
        return qualifiers;
    }

    /** PEP 503: runs of hyphen, underscore and full stop are one hyphen, in lower case. */
    private static String pythonName(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isMark = c == '-' || c == '_' || c == '.';
            if (!isMark) {
                normal.append(c);
            } else if (normal.isEmpty() || normal.charAt(normal.length() - 1) != '-') {
                normal.append('-');
            }
        }
        return normal.toString().toLowerCase(Locale.ROOT);
    }
}
