package dev.holdfast.jvm.reach.trace;

/**
 * A place beyond which the trace cannot see.
 *
 * @param step how it is reached
 * @param phrase what happens there, behind "because"
 * @param isOnPath whether what lies beyond may be anything on the class path; else only what is not on it
 * @param isOfContainer whether it is code of the server that the application runs in
 */
record Blind(Step step, String phrase, boolean isOnPath, boolean isOfContainer) {
    String sentence() {
        return phrase + " in " + step.text();
    }
}
