package dev.holdfast.scan.question;

import dev.holdfast.core.Gap;

/**
 * Installed packages that could not be compared with advisories for one reason; the gap of the same code and subject tells more. A package
 * counts once, for the first reason that holds: nobody speaks of its kind, then its version.
 *
 * @param code the reason
 * @param subject what it is about: the distribution, the type of the packages; empty when no distribution is named
 * @param packages how many
 */
public record Unmatched(Gap.Code code, String subject, int packages) {}
