package dev.holdfast.advisory.fact;

/** Takes facts from an importer. Order does not matter: the compiler sorts. */
public interface FactSink {
    void accept(Advisory fact);

    void accept(Statement fact);

    void accept(Exploited fact);

    void accept(ExploitScore fact);

    void accept(Lifecycle fact);

    void accept(Exoneration fact);

    /**
     * The day the feed itself says it is of, {@code YYYY-MM-DD}: a list's release date, a score file's date, a generation time stamp. A
     * feed that says none is dated by the newest record in it.
     */
    default void dated(String day) {}

    /** A record that could not be used: counted, and shown by {@code db info}. */
    void dropped(String where, String why);
}
