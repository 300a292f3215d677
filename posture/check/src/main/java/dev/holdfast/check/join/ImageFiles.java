package dev.holdfast.check.join;

import java.util.List;

/** What can be told of the files of an image. */
public interface ImageFiles {
    /** Nothing can. */
    ImageFiles UNKNOWN = (_, _) -> Presence.UNKNOWN;

    /** Whether something is there. */
    enum Presence {
        THERE,
        MISSING,
        UNKNOWN
    }

    /**
     * Whether a program is there.
     *
     * @param program a path, or a name that is looked for
     * @param folders where a name is looked for
     */
    Presence program(String program, List<String> folders);
}
