package dev.holdfast.scan;

import dev.holdfast.core.Severity;
import dev.holdfast.scan.bases.BaseIndex;
import dev.holdfast.scan.exemption.Exemptions;
import dev.holdfast.scan.licence.LicencesRequest;
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
    /** Nobody else found anything, no code is followed, and licences do not matter. */
    public ScanRequest(
            LocalDate asOf,
            Severity atLeast,
            boolean onlyFixed,
            Optional<Severity> failOn,
            SecretsRequest secrets,
            BaseIndex bases,
            Exemptions exemptions) {
        this(
                asOf,
                atLeast,
                onlyFixed,
                failOn,
                secrets,
                bases,
                exemptions,
                Brought.NOTHING,
                false,
                LicencesRequest.NOT_WANTED);
    }

    /** Sets nothing aside. */
    public ScanRequest(
            LocalDate asOf,
            Severity atLeast,
            boolean onlyFixed,
            Optional<Severity> failOn,
            SecretsRequest secrets,
            BaseIndex bases) {
        this(asOf, atLeast, onlyFixed, failOn, secrets, bases, Exemptions.NONE);
    }

    /** Knows no base. */
    public ScanRequest(
            LocalDate asOf, Severity atLeast, boolean onlyFixed, Optional<Severity> failOn, SecretsRequest secrets) {
        this(asOf, atLeast, onlyFixed, failOn, secrets, BaseIndex.EMPTY);
    }

    /** Does not look for secrets, and knows no base. */
    public ScanRequest(LocalDate asOf, Severity atLeast, boolean onlyFixed, Optional<Severity> failOn) {
        this(asOf, atLeast, onlyFixed, failOn, SecretsRequest.NOT_WANTED);
    }
}
