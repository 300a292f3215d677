package dev.holdfast.check;

import dev.holdfast.manifest.ManifestFile;
import java.util.List;

/** What is looked for in one kind of input. */
public interface Inspection {
    /** Every rule that it may give results of. */
    List<Rule> rules();

    /** Judges one file by itself. What goes wrong here costs no other file its answer. */
    void inspect(ManifestFile file, Findings findings);

    /** Judges what only several files together tell. */
    default void together(List<ManifestFile> files, Findings findings) {}
}
