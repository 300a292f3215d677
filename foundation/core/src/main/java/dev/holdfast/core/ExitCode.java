package dev.holdfast.core;

/** What a finished run tells its caller. The worst of several targets wins, in the order: bug, environment, input, failed, unknown. */
public enum ExitCode {
    /** Done, and the gate passes. */
    PASS(0),
    /** Done, and the gate fails: findings at or over the threshold, untrusted, denied. */
    FAIL(1),
    /** Could not tell: gaps that the policy does not accept. */
    COULD_NOT_TELL(2),
    /** Wrong input or usage. */
    INPUT(3),
    /** I/O, network, permissions. */
    ENVIRONMENT(4),
    /** A bug in Holdfast. EX_SOFTWARE of sysexits.h. */
    BUG(70);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }

    /** What several answers end with: a failed gate outweighs "could not tell"; an unreadable target outweighs both. */
    public ExitCode or(ExitCode other) {
        return weight() >= other.weight() ? this : other;
    }

    private int weight() {
        return switch (this) {
            case PASS -> 0;
            case COULD_NOT_TELL -> 1;
            case FAIL -> 2;
            case INPUT -> 3;
            case ENVIRONMENT -> 4;
            case BUG -> 5;
        };
    }
}
