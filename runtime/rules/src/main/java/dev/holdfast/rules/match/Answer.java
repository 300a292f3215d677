package dev.holdfast.rules.match;

/** What is known about a condition before an event is read. */
enum Answer {
    TRUE,
    FALSE,
    /** Events may differ. */
    OPEN;

    static Answer of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    Answer opposite() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case OPEN -> OPEN;
        };
    }
}
