package dev.holdfast.it.runtime;

import dev.holdfast.rules.ShippedRules;

/** The rules that come with the program. */
final class OwnRules {
    private OwnRules() {}

    /** How many there are, by their files. */
    static long count() {
        return ShippedRules.files().stream()
                .flatMap(file -> file.text().lines())
                .filter(line -> line.startsWith("- rule:"))
                .count();
    }
}
