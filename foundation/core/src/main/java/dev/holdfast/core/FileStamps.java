package dev.holdfast.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * By what is seen, without reading them, that files are still what they were: when they were written, how long they are, and which files.
 * Links are followed, so that a folder of links that is swapped as a whole is seen, as Kubernetes swaps those of Secrets and ConfigMaps.
 *
 * @param text equal as long as nothing changes; one text, since it is made and compared every second by code that is never compiled
 */
public record FileStamps(String text) {
    /** Of no files. */
    public static final FileStamps NONE = new FileStamps("");

    /** Of files as they are now; one that is not there has a stamp, too. */
    public static FileStamps of(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file);
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                text.append(' ')
                        .append(now.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                        .append(' ')
                        .append(now.size())
                        .append(' ')
                        .append(now.fileKey());
            } catch (IOException gone) {
                text.append(" is gone");
            }
            text.append('\n');
        }
        return new FileStamps(text.toString());
    }
}
