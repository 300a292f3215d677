package dev.holdfast.secrets;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.search.Found;

/**
 * A credential that was found. It holds nothing of the value but its length and a fingerprint.
 *
 * @param kind the kind's identifier, such as {@code github-token}
 * @param title what it is, for a person
 * @param severity how bad it is that others can read it
 * @param path where: absolute in the target; inside archives {@code archive ▸ inner path}
 * @param line 1-based line; 0 in a file that has no lines
 * @param length characters of the value
 * @param fingerprint of the value under the scanner's key: equal values have equal ones, and without the key nothing can be tried
 * @param proof what speaks for it, in a clause: {@code its checksum is right}
 * @param isSample whether it is a value that its vendor publishes in documentation: known to all, and so no credential
 */
public record Secret(
        String kind,
        String title,
        Severity severity,
        String path,
        int line,
        int length,
        String fingerprint,
        String proof,
        boolean isSample) {
    /** Tells of what was found at a path; its value goes no further. */
    static Secret of(Found found, String path, Fingerprint fingerprint) {
        return new Secret(
                found.kind(),
                found.title(),
                found.severity(),
                path,
                found.line(),
                found.value().length(),
                fingerprint.of(found.value()),
                found.proof(),
                found.isSample());
    }
}
