package dev.holdfast.kube.given;

import dev.holdfast.core.Gap;
import dev.holdfast.manifest.tree.Node;

/** Takes the objects of a cluster, and hears what of them could not be had. */
public interface ObjectSink {
    /**
     * An object, or a mapping that is none; lists are taken apart before.
     *
     * @param file as it was given, or where it was found
     */
    void read(String file, Node.Mapping object);

    /**
     * A place that may hold objects, and could not be read.
     *
     * @param subject a file, or a line of it
     */
    void unread(String subject, String why);

    /** A part that was left out. */
    void add(Gap gap);
}
