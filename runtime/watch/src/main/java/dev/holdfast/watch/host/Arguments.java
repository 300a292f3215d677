package dev.holdfast.watch.host;

/** The parameters of a system call, in its own order, each with a name. */
public interface Arguments {
    /** The index of the parameter of this name; -1 when there is none. */
    int indexOf(String name);

    int size();

    String name(int index);

    /** Whether the value is a number; else it is a text. */
    boolean isNumber(int index);

    /** Whether a number was asked for and the event holds none: it could not be read. */
    default boolean isMissing(int index) {
        return false;
    }

    /** The value of a number; 0 for a text. */
    long number(int index);

    /** The value without interpretation. */
    String plain(int index);

    /** What the value means: the words of flags, the name of an error or user, the absolute path; empty where the plain value says it all. */
    String meaning(int index);

    /** The number of the parameter of this name, or another one when there is none. */
    default long number(String name, long otherwise) {
        int index = indexOf(name);
        return index < 0 || !isNumber(index) ? otherwise : number(index);
    }

    /** The plain text of the parameter of this name; empty when there is none. */
    default String plain(String name) {
        int index = indexOf(name);
        return index < 0 ? "" : plain(index);
    }
}
