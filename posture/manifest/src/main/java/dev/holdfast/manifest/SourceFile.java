package dev.holdfast.manifest;

/**
 * A text that was handed in, not yet known to be anything.
 *
 * @param path what reports call it: the path inside the folder that is looked at, or the file as it was given
 * @param text its text, decoded, with whatever line ends it has
 * @param isNamed whether the caller named this very file; else it was met in a folder, and must look like one of ours to be judged
 */
public record SourceFile(String path, String text, boolean isNamed) {
    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path before the name, without the last slash; empty for a bare name. */
    public String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
