package dev.holdfast.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something wrong with a target, with the proof that led to it and the change that removes it.
 *
 * @param id the identifier people use: the CVE where there is one, else the advisory's own
 * @param kind what sort of wrong
 * @param aliases other identifiers of the very same flaw, sorted
 * @param component the package it is about; empty when it is about none
 * @param severity how bad
 * @param severityFrom who said so and on what scale, such as {@code debian} or {@code nvd CVSS 3.1}; empty when nobody did
 * @param score CVSS base score, 0.0 to 10.0
 * @param epss probability of exploitation within 30 days, 0 to 1
 * @param exploitedSince day since which it is listed as exploited in the wild, {@code YYYY-MM-DD}
 * @param status {@code fixed}, {@code fixed-by-subscription}, {@code unfixed}, {@code will-not-fix}, {@code deferred}, {@code
 *     end-of-life} or {@code under-investigation}
 * @param fixedIn the nearest version without the flaw
 * @param title one line for a person
 * @param locations every place where the component lies
 * @param fix the smallest change that removes it; empty when there is none yet
 * @param evidence the chain, in order
 * @param reach whether the application can reach the component by code; empty when that was not asked, or cannot be
 */
public record Finding(
        String id,
        Kind kind,
        List<String> aliases,
        Optional<PackageUrl> component,
        Severity severity,
        String severityFrom,
        Optional<Double> score,
        Optional<Double> epss,
        Optional<String> exploitedSince,
        String status,
        Optional<String> fixedIn,
        String title,
        List<Place> locations,
        String fix,
        List<Evidence> evidence,
        Optional<Reach> reach) {

    public Finding {
        aliases = List.copyOf(aliases);
        locations = List.copyOf(locations);
        evidence = List.copyOf(evidence);
    }

    /** Of which nobody asked whether it is reached. */
    public Finding(
            String id,
            Kind kind,
            List<String> aliases,
            Optional<PackageUrl> component,
            Severity severity,
            String severityFrom,
            Optional<Double> score,
            Optional<Double> epss,
            Optional<String> exploitedSince,
            String status,
            Optional<String> fixedIn,
            String title,
            List<Place> locations,
            String fix,
            List<Evidence> evidence) {
        this(
                id,
                kind,
                aliases,
                component,
                severity,
                severityFrom,
                score,
                epss,
                exploitedSince,
                status,
                fixedIn,
                title,
                locations,
                fix,
                evidence,
                Optional.empty());
    }

    /** The sorts of finding. {@link #word()} is the stable name in JSON. */
    public enum Kind {
        VULNERABILITY,
        SECRET,
        MISCONFIGURATION,
        MALWARE,
        LICENCE,
        END_OF_LIFE,
        /** A weakness that a code scanner found. */
        CODE;

        /** Whether another version of something removes it. */
        public boolean isOfVersions() {
            return switch (this) {
                case VULNERABILITY, MALWARE, END_OF_LIFE -> true;
                case SECRET, MISCONFIGURATION, LICENCE, CODE -> false;
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Where something lies.
     *
     * @param path absolute inside the target; for something inside an archive {@code archive ▸ inner path}
     * @param layer index of the layer that brought it, from the bottom
     * @param line 1-based line in a text file; 0 when it has none
     */
    public record Place(String path, int layer, int line) {}

    /** The same finding with another chain. */
    public Finding withEvidence(List<Evidence> chain) {
        return with(chain, reach);
    }

    /** The same finding with an answer to whether its component is reached. */
    public Finding withReach(Reach answer) {
        return with(evidence, Optional.of(answer));
    }

    private Finding with(List<Evidence> chain, Optional<Reach> answer) {
        return new Finding(
                id,
                kind,
                aliases,
                component,
                severity,
                severityFrom,
                score,
                epss,
                exploitedSince,
                status,
                fixedIn,
                title,
                locations,
                fix,
                chain,
                answer);
    }

    public boolean isExploited() {
        return exploitedSince.isPresent();
    }

    /** Whether a version without the flaw can be had without a subscription. */
    public boolean hasFix() {
        return status.equals("fixed");
    }
}
