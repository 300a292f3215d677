package dev.holdfast.scan.fix;

import dev.holdfast.core.Finding;
import java.util.List;

/**
 * One thing to do.
 *
 * @param kind what is upgraded
 * @param upgrades which packages, from which version to which; the distribution's sorted by name, else one
 * @param places where it lies; empty for the distribution's packages and for a base
 * @param instruction the build instruction that brought it; empty when unknown or several did
 * @param findings how many findings it removes
 * @param critical how many of those are critical
 * @param exploited how many of those are known to be exploited
 * @param commands what does it, one line each; a line that begins with {@code #} is said to a person
 */
public record Step(
        Kind kind,
        List<Upgrade> upgrades,
        List<Finding.Place> places,
        String instruction,
        int findings,
        int critical,
        int exploited,
        List<String> commands) {
    public Step {
        upgrades = List.copyOf(upgrades);
        places = List.copyOf(places);
        commands = List.copyOf(commands);
    }

    /** What a step upgrades. */
    public enum Kind {
        /** Packages of the distribution, all with one command. */
        DISTRIBUTION,
        /** A library, or a program built from one. */
        LIBRARY,
        /** The image that this one is built on becomes another: {@code from} and {@code to} are their names, and so is the name. */
        BASE
    }

    /**
     * A package that becomes another version.
     *
     * @param name as its package manager calls it
     * @param from the version that is there; of several, the first
     * @param to the nearest version without any of the findings
     * @param isMajor whether the leading number changes, so that the program that uses it may have to change too
     */
    public record Upgrade(String name, String from, String to, boolean isMajor) {}
}
