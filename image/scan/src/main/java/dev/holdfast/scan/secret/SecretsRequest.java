package dev.holdfast.scan.secret;

/**
 * Whether to look for secrets, and how to name the values.
 *
 * @param isWanted whether files, layers, environment, history and labels are looked through; what reports quote of the history is always
 * @param key of the fingerprints; empty: the target's own digest, so that equal values are seen as equal within a target only
 */
public record SecretsRequest(boolean isWanted, String key) {
    /** Look, under the target's own key. */
    public static final SecretsRequest WANTED = new SecretsRequest(true, "");

    /** Do not look. */
    public static final SecretsRequest NOT_WANTED = new SecretsRequest(false, "");
}
