package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.tree.Place;

/**
 * Something that the server does not take as it is written.
 *
 * @param field where: {@code spec.containers[0].ports[0].containerPort}
 * @param found what stands there, for a person: {@code the word "http"}
 * @param wanted what belongs there: {@code a whole number}; for an unknown field the known one that is nearest, or nothing
 */
public record FieldProblem(Kind kind, String field, Place place, String found, String wanted) {
    /** What is wrong. */
    public enum Kind {
        /** A field that the type does not have: it is dropped, or refused where validation is strict. */
        UNKNOWN,
        /** A field that is written twice: the last one counts, or it is refused where validation is strict. */
        REPEATED,
        /** A value that cannot be read: the object is refused. */
        WRONG_TYPE
    }
}
