package dev.holdfast.compare;

import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * One thing that another tool says: this package has this flaw.
 *
 * @param id the flaw, as the tool names it
 * @param aliases its other names, as far as the tool gives them; for a bulletin also the flaws that it closes
 * @param about the package
 * @param severity how bad, by the tool
 * @param fixedIn the version that the tool says is without it; empty when it names none
 * @param published the day on which the flaw was published, {@code YYYY-MM-DD}; empty when the tool does not say
 * @param ignored why the tool itself does not count it; empty when it does
 * @param line where in the report it stands
 */
record Claim(
        String id,
        List<String> aliases,
        NamedPackage about,
        Optional<Severity> severity,
        String fixedIn,
        String published,
        Optional<String> ignored,
        int line) {
    Claim {
        aliases = List.copyOf(aliases);
    }
}
