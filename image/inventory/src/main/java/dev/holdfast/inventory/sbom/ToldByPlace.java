package dev.holdfast.inventory.sbom;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * Tells a package's type from the package database that the entry says it was read from, for documents whose producer writes no package
 * URLs (Clair). Without a version, or from any other file, nothing is told.
 */
final class ToldByPlace {
    private ToldByPlace() {}

    static boolean tells(Claim claim) {
        return !claim.name().isEmpty()
                && !claim.version().isEmpty()
                && !claim.places().isEmpty()
                && !type(claim).isEmpty();
    }

    static Optional<PackageUrl> of(Claim claim, List<Distribution> systems) {
        String namespace = systems.isEmpty() ? "" : systems.getFirst().id();
        try {
            return Optional.of(PackageUrl.of(type(claim), namespace, claim.name(), claim.version()));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static String type(Claim claim) {
        String given = claim.places().getFirst().path();
        String path = given.startsWith("/") ? given.substring(1) : given;
        if (path.startsWith("var/lib/dpkg/")) {
            return "deb";
        }
        if (path.startsWith("lib/apk/db/") || path.startsWith("usr/lib/apk/db/")) {
            return "apk";
        }
        boolean isRpm = path.startsWith("var/lib/rpm/") || path.startsWith("usr/lib/sysimage/rpm/");
        return isRpm ? "rpm" : "";
    }
}
