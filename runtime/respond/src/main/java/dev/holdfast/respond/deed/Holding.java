package dev.holdfast.respond.deed;

import dev.holdfast.respond.group.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The count of processes and threads: {@code pids.max} becomes what {@code pids.current} is, so that none can be added. One that ends leaves
 * its place to another one, and what runs may still become another program.
 */
public final class Holding {
    private final Path limit;
    private final Path current;

    private Holding(Path group) {
        this.limit = group.resolve("pids.max");
        this.current = group.resolve("pids.current");
    }

    /**
     * The count of a target's group, in whichever hierarchy it is kept; empty when nobody counts.
     *
     * @param group its folder, held
     */
    public static Optional<Holding> of(Path group, Target target) {
        if (Files.exists(group.resolve("pids.max"))) {
            return Optional.of(new Holding(group));
        }
        return target.pids()
                .filter(folder -> Files.exists(folder.resolve("pids.max")))
                .map(Holding::new);
    }

    /** What the limit is now: a number, or {@code max}. */
    public String limit() throws IOException {
        return GroupFile.read(limit);
    }

    /** How many there are. */
    public String current() throws IOException {
        return GroupFile.read(current);
    }

    /** Makes a number the limit. */
    public void limit(String number) throws IOException {
        GroupFile.write(limit, number);
    }
}
