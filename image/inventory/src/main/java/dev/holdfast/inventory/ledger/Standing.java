package dev.holdfast.inventory.ledger;

import java.util.Locale;

/** The accounts of the ledger. {@link #word()} is stable. */
public enum Standing {
    /** A distribution's package lists it, or it was compiled from a file that one lists. */
    OWNED,
    /** It is a component, or lies in a component's folder. */
    IDENTIFIED,
    /** Data that nothing runs: text, pictures, fonts, translations, and what package managers write down. */
    INERT,
    /** Nobody says where it comes from. */
    UNEXPLAINED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
