package dev.holdfast.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * By what a file is known to be the one that was read, without reading it again: as git's index knows it. Whoever writes into a file
 * changes its times, and {@code ctime} cannot be set back by a program.
 *
 * @param path as it was reached, absolute
 * @param device and the inode: another file at this path is another file
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970 of the last change to content or attributes
 */
public record FileIdentity(String path, long device, long inode, long size, long modified, long changed) {
    /**
     * A file written to while it is read, or within the same tick of the file system's clock, may have changed without showing it. The
     * coarsest clock in use, FAT's, ticks every two seconds.
     */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** What stands at the path now, links followed; empty where the file system does not tell enough. */
    public static Optional<FileIdentity> of(Path path) {
        try {
            Map<String, Object> told = Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime");
            return Optional.of(new FileIdentity(
                    path.toAbsolutePath().toString(),
                    number(told, "dev"),
                    number(told, "ino"),
                    number(told, "size"),
                    nanoseconds(told, "lastModifiedTime"),
                    nanoseconds(told, "ctime")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> told, String name) {
        return told.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long nanoseconds(Map<String, Object> told, String name) {
        return told.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }

    /** Whether it had rested long enough at this moment, so that a change since would show. */
    public boolean isSettledAt(Instant moment) {
        long limit = FileTime.from(moment.minus(SETTLED)).to(TimeUnit.NANOSECONDS);
        return modified < limit && changed < limit;
    }

    // Written out: what a record has of itself is linked anew by each VM, which a short run feels.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileIdentity file
                && inode == file.inode
                && device == file.device
                && size == file.size
                && modified == file.modified
                && changed == file.changed
                && path.equals(file.path);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode ^ modified);
    }

    /** Whether the very same still stands at its path. */
    public boolean isCurrent() {
        return of(Path.of(path)).equals(Optional.of(this));
    }

    public void write(FactWriter facts) {
        facts.text(path)
                .number(device)
                .number(inode)
                .number(size)
                .number(modified)
                .number(changed);
    }

    public static FileIdentity read(FactReader facts) throws DamagedFactsException {
        return new FileIdentity(
                facts.text(), facts.number(), facts.number(), facts.number(), facts.number(), facts.number());
    }
}
