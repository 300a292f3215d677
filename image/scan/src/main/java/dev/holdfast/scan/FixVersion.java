package dev.holdfast.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.VersionKey;
import java.util.List;
import java.util.Optional;

/** Which version of a component has none of several findings. */
public final class FixVersion {
    private FixVersion() {}

    /** The highest of the versions that fix one finding each; one that cannot be compared counts only where there is no other. */
    public static String ofAll(List<Finding> findings, Scheme scheme) {
        String version = "";
        Optional<VersionKey> highest = Optional.empty();
        for (Finding finding : findings) {
            String fix = finding.fixedIn().orElse("");
            Optional<VersionKey> key = scheme.key(fix);
            boolean isHigher =
                    key.isPresent() && (highest.isEmpty() || key.get().compareTo(highest.get()) > 0);
            if (version.isEmpty() || isHigher) {
                highest = key;
                version = fix;
            }
        }
        return version;
    }
}
