package dev.holdfast.jvm.identity;

/**
 * Names and texts of a class file, hashed without their packages. What a class is called after its last slash stays, and which of the
 * platform's worlds it belongs to: {@code java/}, {@code javax/} and {@code jakarta/} are told apart, because a library's two editions often
 * differ in nothing else.
 */
final class Neutral {
    private static final int PLATFORM = 1;
    private static final int EXTENSION = 2;
    private static final int JAKARTA = 3;
    private static final int ARRAY = 4;
    private static final int END = 5;

    private Neutral() {}

    /** An internal class name, {@code a/b/C}, or the descriptor of an array. */
    static void className(Mix mix, String name) {
        if (!name.isEmpty() && name.charAt(0) == '[') {
            mix.add(ARRAY);
            descriptor(mix, name);
        } else {
            className(mix, name, 0, name.length());
        }
    }

    private static void className(Mix mix, String name, int from, int to) {
        int slash = to - 1;
        while (slash >= from && name.charAt(slash) != '/') {
            slash--;
        }
        mix.add(world(name, from, slash));
        mix.add(name, slash + 1, to);
    }

    private static int world(String name, int from, int slash) {
        if (slash < from) {
            return 0;
        }
        if (name.startsWith("java/", from)) {
            return PLATFORM;
        }
        if (holdsSegment(name, from, slash, "javax/")) {
            return EXTENSION;
        }
        return holdsSegment(name, from, slash, "jakarta/") ? JAKARTA : 0;
    }

    private static boolean holdsSegment(String name, int from, int slash, String segment) {
        int at = name.indexOf(segment, from);
        return at >= 0 && at <= slash && (at == from || name.charAt(at - 1) == '/');
    }

    /** A descriptor of a field or method. What is malformed is hashed as it stands. */
    static void descriptor(Mix mix, String descriptor) {
        int at = 0;
        while (at < descriptor.length()) {
            char kind = descriptor.charAt(at);
            int end = kind == 'L' ? descriptor.indexOf(';', at) : -1;
            if (end > at) {
                className(mix, descriptor, at + 1, end);
                at = end;
            } else {
                mix.add(kind);
            }
            at++;
        }
    }

    /**
     * A text constant: runs of identifiers joined by dots or slashes do not count, for they may be names of packages that were moved; but the
     * last of a run counts where it begins like a class. Numbers stay whole: {@code 2.17.1} is a version.
     */
    static void text(Mix mix, String text) {
        int at = 0;
        int length = text.length();
        while (at < length) {
            char first = text.charAt(at);
            if (!Character.isJavaIdentifierStart(first)) {
                mix.add(first);
                at++;
                if (first >= '0' && first <= '9') {
                    at = rest(mix, text, at);
                }
                continue;
            }
            int end = endOfIdentifier(text, at);
            int segment = at;
            while (end + 1 < length
                    && isJoint(text.charAt(end))
                    && Character.isJavaIdentifierStart(text.charAt(end + 1))) {
                segment = end + 1;
                end = endOfIdentifier(text, segment);
            }
            if (segment == at || Character.isUpperCase(text.charAt(segment))) {
                mix.add(text, segment, end);
            }
            at = end;
        }
        mix.add(END);
    }

    private static int rest(Mix mix, String text, int from) {
        int end = endOfIdentifier(text, from);
        mix.add(text, from, end);
        return end;
    }

    private static boolean isJoint(char c) {
        return c == '.' || c == '/';
    }

    private static int endOfIdentifier(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
