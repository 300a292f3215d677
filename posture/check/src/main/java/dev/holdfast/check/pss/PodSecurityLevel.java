package dev.holdfast.check.pss;

import java.util.Locale;
import java.util.Optional;

/** How much a namespace asks of its pods. */
public enum PodSecurityLevel {
    /** Nothing. */
    PRIVILEGED,
    /** No known way to the node. */
    BASELINE,
    /** What hardening recommends. */
    RESTRICTED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PodSecurityLevel> ofWord(String word) {
        for (PodSecurityLevel level : values()) {
            if (level.word().equals(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
