package dev.holdfast.scan.question;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.inventory.Distribution;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A distribution release and whether its vendor still fixes it.
 *
 * @param distribution as the target names it
 * @param namespace what its advisories are keyed by, such as {@code debian:12}; empty when none is known for it
 * @param endOfSupport day on which the last support that costs nothing ends, {@code YYYY-MM-DD}; empty when unknown or open
 * @param state as of the day of the report
 */
public record Support(Distribution distribution, String namespace, Optional<String> endOfSupport, State state) {

    /** What is known of the support. */
    public enum State {
        SUPPORTED,
        ENDED,
        UNKNOWN
    }

    public static Support of(Distribution distribution, AdvisoryBase base, LocalDate asOf) {
        String namespace = Namespaces.of(distribution).orElse("");
        return lifecycle(distribution, namespace, base)
                .map(known -> judge(distribution, namespace, known, asOf))
                .orElseGet(() -> new Support(distribution, namespace, Optional.empty(), State.UNKNOWN));
    }

    private static Optional<Lifecycle> lifecycle(Distribution distribution, String namespace, AdvisoryBase base) {
        int colon = namespace.indexOf(':');
        String release = colon < 0 ? distribution.version() : namespace.substring(colon + 1);
        Optional<Lifecycle> exact = base.lifecycle(distribution.id(), release);
        if (exact.isPresent() || release.indexOf('.') < 0) {
            return exact;
        }
        return base.lifecycle(distribution.id(), release.substring(0, release.indexOf('.')));
    }

    private static Support judge(Distribution distribution, String namespace, Lifecycle known, LocalDate asOf) {
        String end = isFreeBeyondSupport(distribution.id())
                        && !known.endOfExtendedSupport().isEmpty()
                ? known.endOfExtendedSupport()
                : known.endOfSupport();
        if (end.isEmpty()) {
            return new Support(distribution, namespace, Optional.empty(), State.SUPPORTED);
        }
        State state = end.compareTo(asOf.toString()) < 0 ? State.ENDED : State.SUPPORTED; // ISO days compare as text
        return new Support(distribution, namespace, Optional.of(end), state);
    }

    /** Debian's LTS is free for everybody; other vendors' extensions are paid. */
    private static boolean isFreeBeyondSupport(String id) {
        return id.equals("debian");
    }

    public boolean hasEnded() {
        return state == State.ENDED;
    }
}
