package dev.holdfast.server;

/** Why something failed, in one line. */
final class Causes {
    /** A chain of causes may be a ring. */
    private static final int DEEPEST = 20;

    private Causes() {}

    static String deepest(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < DEEPEST && at.getCause() != null; i++) {
            at = at.getCause();
        }
        String message = at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message;
    }
}
