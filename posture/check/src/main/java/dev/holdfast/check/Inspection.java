package dev.holdfast.check;

import dev.holdfast.manifest.ManifestFile;
import java.util.List;

/** What is looked for in one kind of input. */
public interface Inspection {
    /** Every rule that it may give results of. */
    List<Rule> rules();

    /** Looks at everything before the first file is judged: some objects change what others come to. */
    default void prepare(List<ManifestFile> files) {}

    /** Judges one file by itself. What goes wrong here costs no other file its answer. */
    void inspect(ManifestFile file, Findings findings);

    /**
     * Judges what only several files together tell.
     *
     * @param unread files beside that may hold more of the same, and could not be read or are not finished
     */
    default void together(List<ManifestFile> files, List<String> unread, Findings findings) {}
}
