package dev.holdfast.rules.syntax;

/** For how many of the values on the right side a comparison has to hold. */
public enum Modifier {
    /** There is one value, or the operator takes a list. */
    NONE,
    /** Exactly one. */
    ONEOF,
    /** At least one. */
    ANYOF,
    /** Every one, of at least one. */
    ALLOF
}
