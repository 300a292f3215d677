package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;

/** The standard definitions of the language, and the extensions of cel-go that the API server switches on. */
public final class StandardLibrary {
    private StandardLibrary() {}

    public static void addTo(Library library) {
        Operators.addTo(library);
        Arithmetic.addTo(library);
        Conversions.addTo(library);
        Times.addTo(library);
        Texts.addTo(library);
        Lists.addTo(library);
        Optionals.addTo(library);
        Regexes.addTo(library);
    }
}
