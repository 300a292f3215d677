package dev.holdfast.respond.deed;

import dev.holdfast.respond.group.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The count of processes and threads: {@code pids.max} becomes what {@code pids.current} is, so that none can be added. One that ends leaves
 * its place to another one, and what runs may still become another program.
 *
 * @param counter the folder of the group in the hierarchy where processes are counted; empty when nobody counts
 */
public record Holding(Optional<Path> counter) implements Deed {
    private static final String NOBODY_COUNTS = "nobody counts its processes (pids.max is not there)";

    private static final Pattern LIMIT = Pattern.compile("max|[0-9]{1,10}");

    /**
     * The count of a group, in whichever hierarchy it is kept.
     *
     * @param group its folder, held
     */
    public static Holding of(Path group, Target target) {
        Optional<Path> here = Optional.of(group).filter(Holding::counts);
        return new Holding(here.or(() -> target.pids().filter(Holding::counts)));
    }

    private static boolean counts(Path folder) {
        return Files.exists(folder.resolve("pids.max"));
    }

    /** As long as the limit is not what it was it is held, also when some process has ended since. */
    @Override
    public Force force(String before) throws IOException {
        if (counter.isEmpty()) {
            return Force.NOT;
        }
        boolean isHeld = before.isEmpty() ? limit().equals(current()) : !limit().equals(before);
        return isHeld ? Force.WHOLE : Force.NOT;
    }

    @Override
    public Optional<String> missing() {
        return counter.isPresent() ? Optional.empty() : Optional.of(NOBODY_COUNTS);
    }

    @Override
    public String before() throws IOException {
        return counter.isEmpty() ? "" : limit();
    }

    @Override
    public Done carryOut() throws IOException {
        String count = current();
        GroupFile.write(folder().resolve("pids.max"), count);
        return new Done(true, "held: no more than the " + count + " processes and threads that it has");
    }

    @Override
    public void takeBack(String before) throws IOException {
        if (!LIMIT.matcher(before).matches()) {
            throw new IOException(
                    "the journal does not tell the limit that was; pids.max of the group is to be set by hand");
        }
        GroupFile.write(folder().resolve("pids.max"), before);
    }

    private String limit() throws IOException {
        return GroupFile.read(folder().resolve("pids.max"));
    }

    private String current() throws IOException {
        return GroupFile.read(folder().resolve("pids.current"));
    }

    private Path folder() throws IOException {
        return counter.orElseThrow(() -> new IOException(NOBODY_COUNTS));
    }
}
