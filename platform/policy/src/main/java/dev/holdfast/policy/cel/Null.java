package dev.holdfast.policy.cel;

/** The value {@code null}. */
public enum Null {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
