package dev.holdfast.compare;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.PackageType;
import java.util.Optional;

/**
 * A package as another tool names it.
 *
 * @param type its kind; empty when the tool's word for it is not known
 * @param name as the tool writes it
 * @param version as the tool writes it; may be empty
 * @param source the source package it was built from, where the tool says so
 * @param path where the tool found it; empty when it does not say
 */
record NamedPackage(Optional<PackageType> type, String name, String version, Optional<String> source, String path) {

    /** The package of a package URL, where that can be read. */
    static Optional<NamedPackage> of(String url, String path) {
        return PackageUrl.parse(url)
                .map(purl -> new NamedPackage(
                        PackageType.ofWord(purl.type()),
                        name(purl),
                        withEpoch(purl),
                        Optional.ofNullable(purl.qualifiers().get("upstream")).map(NamedPackage::withoutVersion),
                        path));
    }

    /** {@code group:artifact} for Maven, else namespace and name; a distribution's own name is no part of a package's. */
    private static String name(PackageUrl purl) {
        boolean ofDistribution = PackageType.ofWord(purl.type())
                .map(PackageType::isOfDistribution)
                .orElse(false);
        if (purl.namespace().isEmpty() || ofDistribution) {
            return purl.name();
        }
        return purl.namespace() + (purl.type().equals("maven") ? ":" : "/") + purl.name();
    }

    private static String withEpoch(PackageUrl purl) {
        String epoch = purl.qualifiers().getOrDefault("epoch", "");
        return epoch.isEmpty() || epoch.equals("0") || purl.version().contains(":")
                ? purl.version()
                : epoch + ":" + purl.version();
    }

    private static String withoutVersion(String upstream) {
        int at = upstream.indexOf('@');
        return at < 0 ? upstream : upstream.substring(0, at);
    }
}
