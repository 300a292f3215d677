package dev.holdfast.scan.judge;

import dev.holdfast.advisory.KnownStatement;

/**
 * Whose word counts more about the same package. A vendor's or an ecosystem's own record comes before what others collected of it, and
 * that before what was derived or is no longer kept.
 */
final class Authority {
    private Authority() {}

    /** Lower decides first. */
    static int rank(KnownStatement statement) {
        return ofSource(statement.source().name());
    }

    private static int ofSource(String source) {
        if (source.contains("changelog")) {
            return 2; // derived from changelogs: a mention is not always a fix
        }
        return switch (source) {
            case "sap-project-kb", "victims", "retirejs", "node-security-wg", "node-security" ->
                2; // historic or third-party collections
            case "debian-osv", "alpine-osv" ->
                1; // aggregated from the vendor's own; Canonical publishes ubuntu-osv itself
            default -> 0;
        };
    }

    /** Ubuntu's pockets that only machines with a subscription receive. */
    static boolean isSubscription(String repository) {
        return repository.startsWith("esm")
                || repository.startsWith("ltss")
                || repository.startsWith("fips")
                || repository.startsWith("ros");
    }
}
