package dev.holdfast.report.bill;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a bill of materials is written of. Its identity is a function of this alone: the same contents give the same bytes, serial number
 * and times included.
 *
 * @param version this program's version
 * @param target what is described
 * @param created when that was made, or the moment that a reproducible build is set to; empty when nobody says
 * @param layers bottom first
 * @param distribution empty when there is none
 * @param components installed ones only; removed ones are left out
 * @param gaps what could not be seen
 * @param findings empty in a plain bill
 */
public record BillContents(
        String version,
        TargetDescription target,
        Optional<Instant> created,
        List<Layer> layers,
        Optional<Distribution> distribution,
        List<Component> components,
        List<Gap> gaps,
        List<Finding> findings) {
    public BillContents {
        layers = List.copyOf(layers);
        components = components.stream()
                .filter(component -> component.state() == Component.State.INSTALLED)
                .toList();
        gaps = List.copyOf(gaps);
        findings = List.copyOf(findings);
    }

    /** The image's own name where it has one, else the last part of what the user named. */
    String subjectName() {
        if (!target.tags().isEmpty()) {
            return target.tags().getFirst();
        }
        String given = target.given();
        while (given.length() > 1 && given.endsWith("/")) {
            given = given.substring(0, given.length() - 1);
        }
        String name = given.substring(given.lastIndexOf('/') + 1);
        return name.isEmpty() ? given : name;
    }

    /** {@code pkg:oci/NAME@DIGEST?arch=…&repository_url=…&tag=…}, for an image whose manifest's digest and name are known. */
    Optional<PackageUrl> subjectUrl() {
        boolean isManifest = target.kind() == TargetKind.OCI_LAYOUT || target.kind() == TargetKind.REGISTRY;
        if (!isManifest || target.digest().isEmpty() || target.tags().isEmpty()) {
            return Optional.empty();
        }
        String reference = target.tags().getFirst();
        int colon = reference.lastIndexOf(':');
        boolean hasTag = colon > reference.lastIndexOf('/');
        String repository = hasTag ? reference.substring(0, colon) : reference;
        Map<String, String> qualifiers = new TreeMap<>();
        target.platform().ifPresent(platform -> qualifiers.put("arch", platform.architecture()));
        qualifiers.put("repository_url", repository);
        qualifiers.put("tag", hasTag ? reference.substring(colon + 1) : "");
        try {
            return Optional.of(new PackageUrl(
                    "oci",
                    "",
                    repository.substring(repository.lastIndexOf('/') + 1),
                    target.digest().get().toString(),
                    qualifiers,
                    ""));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /**
     * The package URL under which a bill names a component: with the source package as {@code upstream}, because Debian's and Alpine's
     * advisories are about source packages, and a reader has nothing else to find it by.
     */
    static PackageUrl url(Component component) {
        PackageRecord record = component.record();
        boolean bySource = record.type() == PackageType.DEB || record.type() == PackageType.APK;
        Optional<PackageRecord.Source> source = bySource ? record.source() : Optional.empty();
        PackageUrl purl = component.purl();
        if (source.isEmpty() || purl.qualifiers().containsKey("upstream")) {
            return purl;
        }
        boolean isOwn = source.get().version().equals(record.version());
        if (isOwn && source.get().name().equals(record.name())) {
            return purl;
        }
        Map<String, String> qualifiers = new TreeMap<>(purl.qualifiers());
        qualifiers.put(
                "upstream",
                isOwn
                        ? source.get().name()
                        : source.get().name() + "@" + source.get().version());
        return new PackageUrl(purl.type(), purl.namespace(), purl.name(), purl.version(), qualifiers, purl.subpath());
    }

    /** A hash that formats take: algorithm and lower-case digits of the right number. */
    static Optional<String[]> checksum(Component component) {
        String text = component.record().detail(PackageRecord.Detail.CHECKSUM).orElse("");
        int colon = text.indexOf(':');
        String algorithm = colon < 0 ? "" : text.substring(0, colon);
        String digits = text.substring(colon + 1).toLowerCase(Locale.ROOT);
        int length = switch (algorithm) {
            case "sha1" -> 40;
            case "sha256" -> 64;
            default -> -1;
        };
        boolean isHex = digits.length() == length && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex ? Optional.of(new String[] {algorithm, digits}) : Optional.empty();
    }

    /** {@code sha256:… layer 2 of 5}; empty when the layer is not known. */
    String layer(Location location) {
        int index = location.layer();
        if (index < 0 || index >= layers.size()) {
            return "";
        }
        String digest = layers.get(index).diffId().map(Digest::toString).orElse("");
        return digest.isEmpty() ? "" : digest + " layer " + (index + 1) + " of " + layers.size();
    }

    /** The layers' digests, bottom first. */
    List<String> layerDigests() {
        List<String> digests = new ArrayList<>();
        layers.forEach(layer -> layer.diffId().ifPresent(digest -> digests.add(digest.toString())));
        return digests;
    }

    /** A UUID of version 8 (RFC 9562) made of the SHA-256 of the contents. */
    String uuid(String format) {
        MessageDigest digest = Digest.newSha256();
        feed(
                digest,
                format,
                version,
                subjectName(),
                target.digest().map(Digest::toString).orElse(""));
        created.ifPresent(time -> feed(digest, time.toString()));
        distribution.ifPresent(system -> feed(digest, system.id(), system.version()));
        feed(digest, layerDigests().toArray(new String[0]));
        for (Component component : components) {
            feed(digest, url(component).toString(), component.ownedBy().orElse(""));
            component.record().detail(PackageRecord.Detail.SPDX).ifPresent(licence -> feed(digest, licence));
            for (Location location : component.locations()) {
                feed(digest, location.path(), String.valueOf(location.line()), String.valueOf(location.layer()));
            }
        }
        gaps.forEach(gap -> feed(digest, gap.code().word(), gap.subject(), gap.detail()));
        findings.forEach(finding ->
                feed(digest, finding.id(), finding.status(), finding.severity().word()));
        String hex = Digest.ofSha256(digest.digest()).hex();
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-8" + hex.substring(13, 16) + "-a"
                + hex.substring(17, 20) + "-" + hex.substring(20, 32);
    }

    private static void feed(MessageDigest digest, String... texts) {
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
    }
}
