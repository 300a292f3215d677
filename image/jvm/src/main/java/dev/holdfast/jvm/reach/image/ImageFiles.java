package dev.holdfast.jvm.reach.image;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of an image, as a process inside it sees them. Paths are absolute; symbolic links are followed and stay inside. */
public interface ImageFiles {
    /** What a path leads to. */
    enum Kind {
        FILE,
        FOLDER
    }

    Optional<Kind> kind(String path);

    /** Where a path really leads, links followed; the path itself when it leads nowhere. */
    String real(String path);

    /** Names directly in a folder, sorted; empty when it is none. */
    List<String> children(String folder);

    /** The content of a file. */
    SeekableBytes open(String path) throws InputException, IOException;

    /** The archives in a folder. */
    default List<String> jars(String folder) {
        List<String> found = new ArrayList<>();
        for (String name : children(folder)) {
            if (name.endsWith(".jar") || name.endsWith(".JAR")) {
                found.add(folder + "/" + name);
            }
        }
        return found;
    }
}
