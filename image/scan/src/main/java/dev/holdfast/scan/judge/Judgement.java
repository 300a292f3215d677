package dev.holdfast.scan.judge;

import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.inventory.Component;
import dev.holdfast.scan.question.Questions;
import java.util.List;
import java.util.Optional;

/**
 * What was decided about one flaw in one component, with everything that was weighed.
 *
 * @param component whom it is about
 * @param flaw the flaw, all its identifiers together
 * @param weighed every statement about this component under this flaw, most authoritative first
 * @param decisive the statement that decided; empty when none did
 * @param decision what was decided
 * @param reason why, in a clause that completes "…, because "
 */
public record Judgement(
        Component component,
        KnownAdvisory flaw,
        List<Weighed> weighed,
        Optional<Weighed> decisive,
        Decision decision,
        String reason) {
    public Judgement {
        weighed = List.copyOf(weighed);
    }

    /** The possible decisions. Only {@link #REPORTED} becomes a finding. */
    public enum Decision {
        REPORTED,
        ALREADY_FIXED,
        NOT_AFFECTED,
        OUT_OF_RANGE,
        OUT_OF_SCOPE,
        WITHDRAWN,
        NOT_INSTALLED,
        INFORMATIONAL,
        VENDOR_DECIDES,
        CLEARED_BY_VEX,
        REMOVED
    }

    /**
     * A statement and what it says of the component's version.
     *
     * @param question the name and version it was asked with
     * @param statement what stands in the base
     * @param answer what follows from it
     */
    public record Weighed(Questions.Question question, KnownStatement statement, Answer answer) {}

    /** What one statement says of one version. */
    enum Answer {
        /** The version is affected. */
        AFFECTED,
        /** The version is at or after a fix. */
        FIXED,
        /** The source says that it is not affected. */
        NOT_AFFECTED,
        /** The version lies outside the affected ranges, and no fix is behind it: it is from before the flaw. */
        OUTSIDE,
        /** The statement is about another module stream or architecture. */
        OTHER_VARIANT
    }

    /** What an authority says against the flaw, where that is why it is not reported. */
    Optional<Cleared> cleared() {
        return switch (decision) {
            case ALREADY_FIXED, NOT_AFFECTED, VENDOR_DECIDES, CLEARED_BY_VEX ->
                Optional.of(new Cleared(
                        flaw.id(), flaw.aliases(), component.purl(), decision == Decision.ALREADY_FIXED, reason));
            case REPORTED, OUT_OF_RANGE, OUT_OF_SCOPE, WITHDRAWN, NOT_INSTALLED, INFORMATIONAL, REMOVED ->
                Optional.empty();
        };
    }

    public boolean isReported() {
        return decision == Decision.REPORTED;
    }
}
