package dev.holdfast.scan;

import dev.holdfast.core.Severity;
import dev.holdfast.scan.bases.BaseIndex;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.licence.LicencesRequest;
import dev.holdfast.scan.secret.SecretsRequest;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How to judge a target.
 *
 * @param asOf the day the answer is for: ages of sources and ends of support are counted from it
 * @param atLeast findings below it are left out (they are counted); {@link Severity#UNKNOWN} keeps all
 * @param onlyFixed leave out findings for which there is no fix
 * @param failOn the gate: a finding at or over it fails; empty: no gate
 * @param secrets whether to look for secrets too
 * @param bases the images that others are built on, as the user knows them
 * @param exemptions what may set findings aside
 * @param brought what other tools found in it
 * @param followsCode whether to find out which Java libraries the application reaches
 * @param licences whether declared licences are collected, and which are allowed
 */
public record ScanRequest(
        LocalDate asOf,
        Severity atLeast,
        boolean onlyFixed,
        Optional<Severity> failOn,
        SecretsRequest secrets,
        BaseIndex bases,
        Exemptions exemptions,
        Brought brought,
        boolean followsCode,
        LicencesRequest licences) {
    /** A request for that day that asks for known flaws only; the rest is added. */
    public static Builder on(LocalDate asOf) {
        return new Builder(asOf);
    }

    /** Adds to a request what is wanted beyond the known flaws. */
    public static final class Builder {
        private final LocalDate asOf;
        private Severity atLeast = Severity.UNKNOWN;
        private boolean onlyFixed;
        private Optional<Severity> failOn = Optional.empty();
        private SecretsRequest secrets = SecretsRequest.NOT_WANTED;
        private BaseIndex bases = BaseIndex.EMPTY;
        private Exemptions exemptions = Exemptions.NONE;
        private Brought brought = Brought.NOTHING;
        private boolean followsCode;
        private LicencesRequest licences = LicencesRequest.NOT_WANTED;

        private Builder(LocalDate asOf) {
            this.asOf = asOf;
        }

        public Builder atLeast(Severity severity) {
            atLeast = severity;
            return this;
        }

        public Builder onlyFixed(boolean isWanted) {
            onlyFixed = isWanted;
            return this;
        }

        public Builder failOn(Severity severity) {
            failOn = Optional.of(severity);
            return this;
        }

        public Builder secrets(SecretsRequest wanted) {
            secrets = wanted;
            return this;
        }

        public Builder bases(BaseIndex known) {
            bases = known;
            return this;
        }

        public Builder exemptions(Exemptions given) {
            exemptions = given;
            return this;
        }

        public Builder brought(Brought found) {
            brought = found;
            return this;
        }

        public Builder followsCode(boolean isWanted) {
            followsCode = isWanted;
            return this;
        }

        public Builder licences(LicencesRequest wanted) {
            licences = wanted;
            return this;
        }

        public ScanRequest build() {
            return new ScanRequest(
                    asOf, atLeast, onlyFixed, failOn, secrets, bases, exemptions, brought, followsCode, licences);
        }
    }
}
