package dev.holdfast.compare;

import java.util.List;
import java.util.Optional;

/**
 * What another tool says of an image.
 *
 * @param file the report
 * @param tool who wrote it, with version where it is said
 * @param subject what it says that it is about; empty when it does not
 * @param layers digests of the uncompressed layers, bottom first, as far as it names them
 * @param packages every package that the tool saw; empty when the report lists only those with flaws
 * @param claims in the report's order
 */
public record TheirReport(
        String file,
        String tool,
        String subject,
        List<String> layers,
        Optional<List<NamedPackage>> packages,
        List<Claim> claims) {
    public TheirReport {
        layers = List.copyOf(layers);
        packages = packages.map(List::copyOf);
        claims = List.copyOf(claims);
    }
}
