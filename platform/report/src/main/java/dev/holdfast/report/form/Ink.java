package dev.holdfast.report.form;

import dev.holdfast.core.Severity;

/** Colour for terminals; without it, every method gives its text back. */
public enum Ink {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    public String bold(String text) {
        return in("\u001b[1m", text);
    }

    public String dim(String text) {
        return in("\u001b[2m", text);
    }

    public String good(String text) {
        return in("\u001b[32m", text);
    }

    public String bad(String text) {
        return in("\u001b[1;31m", text);
    }

    public String warn(String text) {
        return in("\u001b[33m", text);
    }

    public String of(Severity severity, String text) {
        return switch (severity) {
            case CRITICAL -> in("\u001b[1;31m", text);
            case HIGH -> in("\u001b[31m", text);
            case MEDIUM -> in("\u001b[33m", text);
            case LOW -> in("\u001b[36m", text);
            case NEGLIGIBLE, UNKNOWN -> dim(text);
        };
    }

    private String in(String code, String text) {
        return this == COLOUR ? code + text + RESET : text;
    }
}
