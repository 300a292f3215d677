package dev.holdfast.jvm.reach.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * One application: where it loads classes from, and where it begins.
 *
 * @param label how it is started, as a person would write it
 * @param elements of its class path, in order
 * @param roots where execution begins
 * @param isWeb whether it runs in a servlet container
 * @param isServer whether it is a servlet container, whose applications are told of apart
 * @param isOrdered whether the order of the class path is known
 * @param configurations texts outside the class path that may name its classes
 * @param doubts what could not be made out about it, in sentences: then nothing of it is known not to be reached
 */
public record Application(
        String label,
        List<Element> elements,
        List<Root> roots,
        boolean isWeb,
        boolean isServer,
        boolean isOrdered,
        List<Configuration> configurations,
        List<String> doubts) {
    /**
     * A class where execution begins.
     *
     * @param name internal
     * @param isWhole whether all of it counts as called, and not only its main method
     * @param how in words, with a space in front; empty for the main class
     */
    public record Root(String name, boolean isWhole, String how) {}

    /** A text and where it lies. */
    public record Configuration(String text, String place) {}

    /** The same with further doubts. */
    Application doubted(List<String> more) {
        List<String> all = new ArrayList<>(doubts);
        all.addAll(more);
        return new Application(label, elements, roots, isWeb, isServer, isOrdered, configurations, all);
    }

    public Application {
        elements = List.copyOf(elements);
        roots = List.copyOf(roots);
        configurations = List.copyOf(configurations);
        doubts = List.copyOf(doubts);
    }
}
