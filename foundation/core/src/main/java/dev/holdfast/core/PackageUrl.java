package dev.holdfast.core;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package URL: {@code pkg:type/namespace/name@version?qualifiers#subpath}, as ECMA-427 (the package-url specification) says. Values are
 * held decoded and normalised for their type; {@link #toString()} is the canonical form.
 *
 * @param type lower case, such as {@code deb} or {@code maven}
 * @param namespace decoded, segments joined by {@code /}; empty when there is none
 * @param name decoded
 * @param version decoded; empty when there is none
 * @param qualifiers decoded, sorted by key, none with an empty value
 * @param subpath decoded, segments joined by {@code /}; empty when there is none
 */
public record PackageUrl(
        String type, String namespace, String name, String version, Map<String, String> qualifiers, String subpath) {

    public PackageUrl {
        qualifiers = java.util.Collections.unmodifiableMap(new TreeMap<>(qualifiers));
    }

    public static Optional<PackageUrl> parse(String text) {
        return Optional.empty(); // replaced below
    }
}
