package dev.holdfast.jvm.identity;

import java.util.List;

/**
 * The classes of one release of a library.
 *
 * @param version Maven version
 * @param classes their prints, in the order of the archive
 */
public record ReleasePrints(String version, List<NamedPrint> classes) {
    /**
     * A class by its name.
     *
     * @param path its internal name, {@code a/b/C}
     */
    public record NamedPrint(String path, ClassPrint print) {}

    public ReleasePrints {
        classes = List.copyOf(classes);
    }
}
