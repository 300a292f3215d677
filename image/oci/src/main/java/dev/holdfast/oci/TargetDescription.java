package dev.holdfast.oci;

import dev.holdfast.core.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What a target is.
 *
 * @param given as the user named it; with two images in one archive the second word is the image's own tag or digest
 * @param kind docker-archive, OCI layout or root file system
 * @param digest the image's identity: the manifest's digest in an OCI layout, the configuration's digest (image id) in a
 *     docker-archive; a root file system has none
 * @param platform empty for a root file system
 * @param tags names the source gives the image, sorted
 */
public record TargetDescription(
        String given, TargetKind kind, Optional<Digest> digest, Optional<Platform> platform, List<String> tags) {
    public TargetDescription {
        tags = List.copyOf(tags);
    }
}
