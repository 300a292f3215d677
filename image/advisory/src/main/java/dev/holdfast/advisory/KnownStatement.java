package dev.holdfast.advisory;

import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.version.VersionKey;
import java.util.List;

/** A statement as it stands in the base. Comparing is cheap; the texts are made when asked for. */
public interface KnownStatement {
    /** Identifier of the advisory it stands under. */
    String advisory();

    String namespace();

    String packageName();

    Status status();

    /** Whether this version lies in the affected ranges or is one of the affected versions. */
    boolean covers(VersionKey version);

    /** The ranges, with versions as the feed wrote them. */
    List<Range> ranges();

    List<String> versions();

    List<String> fixedIn();

    Qualifiers qualifiers();

    /** The vendor's own word for this package, empty when none. */
    String rating();

    /** The layer of the base it comes from. */
    Source source();
}
