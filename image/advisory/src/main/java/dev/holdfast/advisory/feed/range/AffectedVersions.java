package dev.holdfast.advisory.feed.range;

import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import java.util.List;

/**
 * The versions that an advisory calls affected and those that it names as the fix.
 *
 * @param versions never empty: a statement without a version would speak of every one
 * @param fixedIn lowest first
 */
public record AffectedVersions(VersionSet versions, List<String> fixedIn) {
    public AffectedVersions {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no affected version");
        }
        fixedIn = List.copyOf(fixedIn);
    }

    /** Affected versions, fixed by the first patched ones above each interval of them. */
    public static AffectedVersions patchedBy(VersionSet affected, VersionSet patched) {
        return new AffectedVersions(affected, affected.firstReached(patched));
    }

    /** Affected versions, fixed wherever they end without containing the end. */
    public static AffectedVersions endingWithFix(VersionSet affected) {
        return new AffectedVersions(affected, affected.firstOutside());
    }

    public Statement stated(String advisory, String namespace, String packageName) {
        return new Statement(
                advisory,
                namespace,
                packageName,
                fixedIn.isEmpty() ? Status.UNFIXED : Status.FIXED,
                versions.ranges(),
                List.of(),
                fixedIn,
                Qualifiers.NONE,
                "");
    }
}
