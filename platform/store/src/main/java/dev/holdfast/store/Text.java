package dev.holdfast.store;

/** Text from outside as a column takes it. */
final class Text {
    private Text() {}

    /** At most so many characters, and none that PostgreSQL refuses. */
    static String fitting(String text, int most) {
        String clean = text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
        if (clean.length() <= most) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(most - 1)) ? most - 1 : most;
        return clean.substring(0, end);
    }
}
