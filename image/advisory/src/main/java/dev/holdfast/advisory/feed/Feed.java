package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.io.InputStream;

/** One feed format. Stateless unless its class says otherwise. */
public interface Feed {
    /** Key of the source, lower case: {@code debian-tracker}, {@code osv}, {@code kev}. */
    String name();

    /**
     * Whether this importer reads this file.
     *
     * @param path relative path inside the feed folder or archive, {@code /} between segments
     * @param head up to the first 4,096 bytes, uncompressed
     */
    boolean recognises(String path, byte[] head);

    /**
     * Reads one file.
     *
     * @throws InputException when the file as a whole is not what it claims to be; single bad records go to {@link FactSink#dropped}
     */
    void read(FeedFile file, FactSink facts) throws InputException, IOException;

    /**
     * One file of a feed, uncompressed.
     *
     * @param path relative path
     * @param bytes its content, read once
     * @param limits budgets
     */
    record FeedFile(String path, InputStream bytes, Limits limits) {}
}
