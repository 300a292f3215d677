package dev.holdfast.oci;

/** How much of a file's content somebody wants to have at hand. */
public enum Want {
    /** Nothing; it can still be had later, at the price of another pass over a compressed layer. */
    NOTHING,
    /** All of it. */
    CONTENT,
    /** All of it when it begins like a program (ELF, PE, Mach-O), else nothing. */
    PROGRAM
}
