package dev.holdfast.jvm.identity;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.List;

/** The class files of an archive. */
public interface ArchiveClasses {
    /** Internal names as their places in the archive say, {@code a/b/C}: without the folders in front of the package and {@code .class}. */
    List<String> paths();

    /** The bytes of the class at this index of {@link #paths}. */
    byte[] read(int index) throws InputException, IOException;

    /** Whether a class of this name holds code: descriptors of modules and packages do not. */
    static boolean isCode(String path) {
        return !path.endsWith("-info");
    }
}
