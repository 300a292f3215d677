package dev.holdfast.inventory.sbom;

import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.inventory.PackageType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a package record of a claim and its package URL. The URL decides; where it is silent, the entry's own words and its producer's
 * notes are asked:
 *
 * <pre>
 *   epoch     qualifier epoch, or 1: in front of the entry's version when the rest is the URL's
 *   source    qualifier upstream   glibc | glibc@2.36-9 | glibc-2.34-28.el9.src.rpm
 *             holdfast:source:name and :version
 *             aquasecurity:trivy:SrcName, :SrcEpoch, :SrcVersion, :SrcRelease
 *             syft:metadata:source and :sourceVersion (deb), :originPackage (apk), :sourceRpm (rpm)
 *             "built package from: NAME VERSION" of SPDX
 *   module    qualifiers modularity, modularitylabel and rpmmod
 * </pre>
 */
final class ClaimedPackage {
    private ClaimedPackage() {}

    static PackageRecord of(Claim claim, PackageUrl purl, PackageType type, String format) {
        String version = version(claim, purl, type);
        Map<Detail, String> details = new EnumMap<>(Detail.class);
        put(details, Detail.LICENCE, claim.licence());
        put(details, Detail.CHECKSUM, claim.checksum());
        put(details, Detail.MODULE, module(claim, purl));
        put(details, Detail.SCOPE, claim.note("scope"));
        return new PackageRecord(
                type,
                name(claim, purl, type),
                version,
                Optional.of(purl.qualifiers().getOrDefault("arch", "")).filter(arch -> !arch.isEmpty()),
                source(claim, purl, type, version),
                "",
                claim.line(),
                Confidence.MEDIUM,
                format,
                details,
                List.of());
    }

    private static void put(Map<Detail, String> details, Detail key, String value) {
        if (!value.isEmpty()) {
            details.put(key, value);
        }
    }

    /** The name as the package's world writes it. A Go module's case counts, and the canonical URL has lost it. */
    private static String name(Claim claim, PackageUrl purl, PackageType type) {
        if (type.isOfDistribution()) {
            return purl.name();
        }
        String full = purl.namespace().isEmpty() ? purl.name() : purl.namespace() + separator(type) + purl.name();
        return type == PackageType.GOLANG ? goName(claim.purl(), full) : full;
    }

    private static char separator(PackageType type) {
        return type == PackageType.MAVEN ? ':' : '/';
    }

    private static String goName(String written, String canonical) {
        int from = written.indexOf('/') + 1;
        int end = written.length();
        for (char mark : new char[] {'#', '?'}) {
            int at = written.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        int version = written.lastIndexOf('@', end - 1);
        String raw = written.substring(from, Math.max(from, version > from ? version : end));
        try {
            String name = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
            return name.equalsIgnoreCase(canonical) ? name : canonical;
        } catch (IllegalArgumentException broken) {
            return canonical;
        }
    }

    private static String version(Claim claim, PackageUrl purl, PackageType type) {
        String version = purl.version().isEmpty() ? claim.version() : purl.version();
        if (!type.isOfDistribution() || version.isEmpty() || hasEpoch(version)) {
            return version;
        }
        String epoch = purl.qualifiers().getOrDefault("epoch", "");
        if (epoch.isEmpty() && hasEpoch(claim.version()) && claim.version().endsWith(":" + version)) {
            epoch = claim.version().substring(0, claim.version().indexOf(':'));
        }
        return withEpoch(epoch, version);
    }

    private static String withEpoch(String epoch, String version) {
        return epoch.isEmpty() || epoch.equals("0") || !isNumber(epoch) ? version : epoch + ":" + version;
    }

    private static boolean hasEpoch(String version) {
        int colon = version.indexOf(':');
        return colon > 0 && isNumber(version.substring(0, colon));
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String module(Claim claim, PackageUrl purl) {
        Map<String, String> qualifiers = purl.qualifiers();
        String module = qualifiers.getOrDefault(
                "modularity", qualifiers.getOrDefault("modularitylabel", qualifiers.getOrDefault("rpmmod", "")));
        module = module.isEmpty() ? claim.note("holdfast:module") : module;
        module = module.isEmpty() ? claim.note("aquasecurity:trivy:Modularitylabel") : module;
        module = module.isEmpty() ? claim.note("syft:metadata:modularityLabel") : module;
        int first = module.indexOf(':');
        int second = first < 0 ? -1 : module.indexOf(':', first + 1);
        return second < 0 ? module : module.substring(0, second);
    }

    private static Optional<PackageRecord.Source> source(
            Claim claim, PackageUrl purl, PackageType type, String version) {
        if (!type.isOfDistribution()) {
            return Optional.empty();
        }
        return noted(claim.note("holdfast:source:name"), claim.note("holdfast:source:version"), version)
                .or(() -> byTrivy(claim, version))
                .or(() -> upstream(purl.qualifiers().getOrDefault("upstream", ""), type, version))
                .or(() -> bySyft(claim, type, version))
                .or(() -> bySentence(claim.note("sourceInfo"), version))
                .or(() -> asItself(purl, type, version));
    }

    /** Debian's and Alpine's advisories ask for a source; where nobody names one, it has the package's own name, as most have. */
    private static Optional<PackageRecord.Source> asItself(PackageUrl purl, PackageType type, String version) {
        return type == PackageType.RPM
                ? Optional.empty()
                : Optional.of(new PackageRecord.Source(purl.name(), sourceVersion(type, version)));
    }

    /** A binary-only rebuild of Debian, {@code +b1}, leaves its source's version as it is. */
    private static String sourceVersion(PackageType type, String version) {
        int rebuild = type == PackageType.DEB ? version.lastIndexOf("+b") : -1;
        return rebuild > 0 && isNumber(version.substring(rebuild + 2)) ? version.substring(0, rebuild) : version;
    }

    private static Optional<PackageRecord.Source> noted(String name, String version, String own) {
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new PackageRecord.Source(name, version.isEmpty() ? own : version));
    }

    private static Optional<PackageRecord.Source> byTrivy(Claim claim, String own) {
        String version = claim.note("aquasecurity:trivy:SrcVersion");
        String release = claim.note("aquasecurity:trivy:SrcRelease");
        String joined = version.isEmpty() || release.isEmpty() ? version : version + "-" + release;
        String epoch = claim.note("aquasecurity:trivy:SrcEpoch");
        return noted(claim.note("aquasecurity:trivy:SrcName"), joined.isEmpty() ? "" : withEpoch(epoch, joined), own);
    }

    private static Optional<PackageRecord.Source> upstream(String upstream, PackageType type, String own) {
        if (upstream.isEmpty()) {
            return Optional.empty();
        }
        if (upstream.endsWith(".src.rpm") || upstream.endsWith(".nosrc.rpm")) {
            return ofFile(upstream);
        }
        int at = upstream.lastIndexOf('@');
        String plain = sourceVersion(type, own);
        return at > 0
                ? noted(upstream.substring(0, at), upstream.substring(at + 1), plain)
                : noted(upstream, "", plain);
    }

    /** {@code glibc-2.34-28.el9.src.rpm}. */
    private static Optional<PackageRecord.Source> ofFile(String file) {
        String stem = file.substring(0, file.lastIndexOf('.', file.length() - ".rpm".length() - 1));
        int release = stem.lastIndexOf('-');
        int version = release < 1 ? -1 : stem.lastIndexOf('-', release - 1);
        return version < 1
                ? Optional.empty()
                : Optional.of(new PackageRecord.Source(stem.substring(0, version), stem.substring(version + 1)));
    }

    private static Optional<PackageRecord.Source> bySyft(Claim claim, PackageType type, String own) {
        String file = claim.note("syft:metadata:sourceRpm");
        if (type == PackageType.RPM) {
            return file.endsWith(".rpm") ? ofFile(file) : Optional.empty();
        }
        String name = claim.note("syft:metadata:source");
        name = name.isEmpty() ? claim.note("syft:metadata:originPackage") : name;
        return noted(name, claim.note("syft:metadata:sourceVersion"), sourceVersion(type, own));
    }

    private static Optional<PackageRecord.Source> bySentence(String sentence, String own) {
        String begin = "built package from: ";
        int at = sentence.indexOf(begin);
        if (at < 0) {
            return Optional.empty();
        }
        String rest = sentence.substring(at + begin.length()).strip();
        int blank = rest.indexOf(' ');
        return blank < 0
                ? noted(rest, "", own)
                : noted(rest.substring(0, blank), rest.substring(blank + 1).strip(), own);
    }
}
