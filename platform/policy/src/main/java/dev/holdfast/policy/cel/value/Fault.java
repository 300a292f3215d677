package dev.holdfast.policy.cel.value;

/**
 * Why an evaluation has no value. Carries no stack: faults are ordinary here, and {@code ||} and {@code &&} swallow them when the other side
 * decides.
 */
public class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    public Fault(String message) {
        super(message, null, false, false);
    }

    public static Fault noOverload() {
        return new Fault("no such overload");
    }

    public static Fault noKey(Object key) {
        return new Fault("no such key: " + key);
    }

    /** Whether nothing may swallow it. */
    public boolean isFinal() {
        return false;
    }

    /** What it says; a fault always says something. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** The budget is used up: the whole evaluation ends. */
    public static final class Exhausted extends Fault {
        private static final long serialVersionUID = 1L;

        public Exhausted(String message) {
            super(message);
        }

        @Override
        public boolean isFinal() {
            return true;
        }
    }
}
