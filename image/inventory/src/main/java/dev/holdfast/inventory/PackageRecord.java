package dev.holdfast.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cataloger read of one package in one file, before layers and owners are known.
 *
 * @param type the kind of package
 * @param name as its world writes it: {@code group:artifact} for Maven, {@code @scope/name} for npm, import path for Go
 * @param version as recorded, with epoch ({@code 1:2.3-4}) where there is one that is not 0; empty when unknown
 * @param architecture empty for what has none
 * @param source name and version of the source package; empty when the world has none
 * @param place where inside the file, such as {@code BOOT-INF/lib/x.jar} of an archive (segments of deeper nesting joined by
 *     {@code ▸} with spaces around); empty for the file itself
 * @param line 1-based line of the record in a text file; 0 when it has none
 * @param confidence how sure
 * @param evidence how it was told, in a few words: {@code pom.properties}, {@code dpkg status}, {@code file name}
 * @param details further facts by key, see {@link Detail}
 * @param files absolute paths that this package owns beyond its record file, when the record lists them; often empty
 */
public record PackageRecord(
        PackageType type,
        String name,
        String version,
        Optional<String> architecture,
        Optional<Source> source,
        String place,
        int line,
        Confidence confidence,
        String evidence,
        Map<Detail, String> details,
        List<String> files) {

    /** The source package that a binary package was built from. */
    public record Source(String name, String version) {}

    /** Keys of further facts. */
    public enum Detail {
        /** RPM module {@code name:stream}, empty for a package outside modules. */
        MODULE,
        /** Vendor or maintainer as recorded. */
        VENDOR,
        /** The package manager's own origin or repository. */
        ORIGIN,
        /** Licence expression as declared. */
        LICENCE,
        /** The declared licence as an SPDX expression; only where licences were asked for. */
        SPDX,
        /** The name under which an aliased npm package is installed. */
        ALIAS,
        /** Go module that the named one, which is what was compiled in, replaces: {@code path@version}. */
        REPLACED,
        /** {@code dev} for what a lock file marks as only for development. */
        SCOPE,
        /** {@code lock} when only a lock file names it, {@code cache} when it lies in a build tool's download cache: neither is installed. */
        WITNESS,
        /** Identifier by which its world knows a package apart from its name, such as a UUID. */
        IDENTIFIER,
        /** {@code vendor:product} under which the list of common platforms knows it. */
        PRODUCT,
        /** All versions that it may be, oldest first, parted by blanks, where what is there leaves several open and none is the record's. */
        VERSIONS,
        /** SHA-1 or SHA-256 of the archive, with {@code sha1:} or {@code sha256:} in front. */
        CHECKSUM
    }

    public PackageRecord {
        details = java.util.Collections.unmodifiableMap(
                details.isEmpty() ? new java.util.EnumMap<>(Detail.class) : new java.util.EnumMap<>(details));
        files = List.copyOf(files);
    }

    public Optional<String> detail(Detail key) {
        return Optional.ofNullable(details.get(key));
    }

    /** A record with the usual emptiness; refine it with the {@code with} methods. */
    public static PackageRecord of(
            PackageType type, String name, String version, Confidence confidence, String evidence) {
        return new PackageRecord(
                type,
                name,
                version,
                Optional.empty(),
                Optional.empty(),
                "",
                0,
                confidence,
                evidence,
                Map.of(),
                List.of());
    }

    /**
     * A record of a lock file, which tells what is to be installed and not what is.
     *
     * @param evidence the kind of lock file
     */
    public static PackageRecord locked(PackageType type, String name, String version, String evidence, int line) {
        return of(type, name, version, Confidence.MEDIUM, evidence)
                .withLine(line)
                .withDetail(Detail.WITNESS, "lock");
    }

    public PackageRecord withVersion(String value) {
        return new PackageRecord(
                type, name, value, architecture, source, place, line, confidence, evidence, details, files);
    }

    public PackageRecord withArchitecture(String value) {
        return new PackageRecord(
                type, name, version, Optional.of(value), source, place, line, confidence, evidence, details, files);
    }

    public PackageRecord withSource(String sourceName, String sourceVersion) {
        return new PackageRecord(
                type,
                name,
                version,
                architecture,
                Optional.of(new Source(sourceName, sourceVersion)),
                place,
                line,
                confidence,
                evidence,
                details,
                files);
    }

    public PackageRecord withPlace(String value) {
        return new PackageRecord(
                type, name, version, architecture, source, value, line, confidence, evidence, details, files);
    }

    public PackageRecord withLine(int value) {
        return new PackageRecord(
                type, name, version, architecture, source, place, value, confidence, evidence, details, files);
    }

    public PackageRecord withDetail(Detail key, String value) {
        Map<Detail, String> more = new java.util.EnumMap<>(Detail.class);
        more.putAll(details);
        more.put(key, value);
        return new PackageRecord(
                type, name, version, architecture, source, place, line, confidence, evidence, more, files);
    }

    /** With the scope {@code dev} when that is so. */
    public PackageRecord forDevelopment(boolean isSo) {
        return isSo ? withDetail(Detail.SCOPE, "dev") : this;
    }

    public PackageRecord withFiles(List<String> value) {
        return new PackageRecord(
                type, name, version, architecture, source, place, line, confidence, evidence, details, value);
    }
}
