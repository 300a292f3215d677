package dev.holdfast.jvm.reach.code;

import java.util.SortedSet;
import java.util.TreeSet;

/** What is known of a value while code is followed. */
public sealed interface Known {
    /** Nothing. */
    Known NOTHING = new Nothing();

    /** More alternatives than this are no longer told apart. */
    int MOST = 32;

    /** Anything. */
    record Nothing() implements Known {}

    /** One of these strings. */
    record Texts(SortedSet<String> texts) implements Known {
        static Texts of(String text) {
            TreeSet<String> one = new TreeSet<>();
            one.add(text);
            return new Texts(one);
        }
    }

    /** A string that begins so. */
    record Prefix(String text) implements Known {}

    /** One of these classes, as {@code java.lang.Class} objects; internal names. */
    record Types(SortedSet<String> names) implements Known {
        static Types of(String name) {
            TreeSet<String> one = new TreeSet<>();
            one.add(name);
            return new Types(one);
        }
    }

    /** A class that was loaded by name: whatever that name is has been dealt with, and its members with it. */
    record Loaded() implements Known {}

    /** What the caller gave: the number of the argument, the receiver being 0 where there is one. */
    record Argument(int number) implements Known {}

    /** What holds when either may hold. */
    static Known either(Known one, Known other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof Texts(var some) && other instanceof Texts(var more) && some.size() + more.size() <= MOST) {
            return new Texts(union(some, more));
        }
        if (one instanceof Types(var some) && other instanceof Types(var more) && some.size() + more.size() <= MOST) {
            return new Types(union(some, more));
        }
        return NOTHING;
    }

    private static SortedSet<String> union(SortedSet<String> some, SortedSet<String> more) {
        TreeSet<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
