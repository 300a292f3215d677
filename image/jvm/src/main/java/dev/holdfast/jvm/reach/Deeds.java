package dev.holdfast.jvm.reach;

/** What code does, as the trace takes it in. */
interface Deeds {
    /** A method runs. */
    void runs(MethodNode method, MethodNode.Site site, Step step);

    /**
     * A method is called on an object of which only a type is known.
     *
     * @param key the method's name and descriptor
     */
    void callsVirtually(String owner, String key, MethodNode.Site site, Step step);

    /** A class is made ready for its first use. */
    void initialise(TypeNode node, Step step);

    /** A class is named. */
    void load(TypeNode node, Step step);

    /** An object of this very class is made. */
    void instantiate(TypeNode node, Step step);

    /** A class object is at hand: what is done with it is not followed. */
    void holdsClass(String name, TypeNode in, Step step);

    void holdsString(String text, Step step);

    /** A class is used, on the class path or not. */
    void uses(String name, Step step);

    /** A class is used that is nowhere. */
    void missing(TypeNode in, String name, Step step);
}
