package dev.holdfast.check.join;

/** Whom an image runs as when nobody says otherwise. */
public sealed interface Whom {
    /**
     * Root.
     *
     * @param because the words that say so: {@code sets no user}, {@code says USER root}
     */
    record Root(String because, Setting at) implements Whom {}

    /** A number above 0. */
    record Numbered(long number, Setting at) implements Whom {}

    /** An account by name, of which a kubelet cannot tell that it is not root. */
    record Named(String name, Setting at) implements Whom {}

    /** What is at hand does not tell. */
    record Unknown() implements Whom {}

    /** What a value of {@code USER} stands for: {@code user[:group]}. */
    static Whom of(Setting user) {
        String name = user.text().strip().split(":", 2)[0];
        boolean isNumber = !name.isEmpty() && name.length() < 19 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (name.isEmpty()) {
            return new Root("sets no user", user);
        }
        if (name.equals("root") || isNumber && Long.parseLong(name) == 0) {
            return new Root("says USER " + user.text().strip(), user);
        }
        return isNumber ? new Numbered(Long.parseLong(name), user) : new Named(name, user);
    }
}
