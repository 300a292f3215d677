package dev.holdfast.scan.licence;

/**
 * Whether licences are looked for, and what is allowed.
 *
 * @param isWanted whether declared licences are collected
 * @param policy what makes a finding of one
 */
public record LicencesRequest(boolean isWanted, LicencePolicy policy) {
    public static final LicencesRequest NOT_WANTED = new LicencesRequest(false, LicencePolicy.ALLOW_ALL);
}
