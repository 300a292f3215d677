package dev.holdfast.watch.audit;

/** Counts the values of a JSON text before it is read, because a value of three bytes takes up to a hundred of memory. */
final class JsonValues {
    /** A list of 400 events of a busy server has some 200,000; twice that are 40 MB, which a small heap has. */
    static final int MOST = 400_000;

    private JsonValues() {}

    /** Whether there are more values than any list of audit events has. */
    static boolean areTooMany(byte[] json) {
        int count = 0;
        boolean isInText = false;
        for (int i = 0; i < json.length && count <= MOST; i++) {
            switch (json[i]) {
                case '"' -> isInText = !isInText;
                case '\\' -> i += isInText ? 1 : 0;
                case ',', '[', '{', ':' -> count += isInText ? 0 : 1;
                default -> {}
            }
        }
        return count > MOST;
    }
}
