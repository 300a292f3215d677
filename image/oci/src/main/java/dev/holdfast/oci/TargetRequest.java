package dev.holdfast.oci;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user named.
 *
 * @param given the words as given, for reports
 * @param place where it is
 * @param kind a kind that the user forces for a file or folder; empty: found by looking
 * @param platform the platform wanted where an index offers several; empty: the only one, else the machine's own
 */
public record TargetRequest(String given, Place place, Optional<TargetKind> kind, Optional<Platform> platform) {
    /** A file or folder. */
    public TargetRequest(String given, Path path, Optional<TargetKind> kind, Optional<Platform> platform) {
        this(given, new Place.Files(path), kind, platform);
    }
}
