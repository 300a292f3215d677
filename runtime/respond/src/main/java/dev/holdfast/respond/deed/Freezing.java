package dev.holdfast.respond.deed;

import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The freezer. Version 2: {@code cgroup.freeze} holds 1 or 0, {@code cgroup.events} tells {@code frozen 1} when all stand still. Version 1:
 * {@code freezer.state} holds FROZEN, FREEZING or THAWED, {@code freezer.self_freezing} what was asked of this group. Groups below freeze with
 * it, and cannot thaw by themselves.
 *
 * <p>{@code docker pause} and the like write the same files: on version 2 what we freeze is what they would. Engines do not read them, so their
 * lists call the container running all the same.
 *
 * @param group its folder, held
 */
public record Freezing(Path group, Hierarchy hierarchy) implements Deed {
    /** What sleeps in the kernel for a disk or a dead server freezes when it wakes up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Whether this group was asked to freeze: some process may still be on its way. */
    @Override
    public Force force(String before) throws IOException {
        String asked = switch (hierarchy) {
            case UNIFIED -> GroupFile.read(group.resolve("cgroup.freeze"));
            case FREEZER -> GroupFile.read(group.resolve("freezer.self_freezing"));
        };
        return asked.equals("1") ? Force.WHOLE : Force.NOT;
    }

    @Override
    public String before() {
        return "";
    }

    @Override
    public Done carryOut() throws IOException {
        boolean isStill = freeze(PATIENCE);
        int count = Members.numbers(group).size();
        return isStill
                ? new Done(
                        true, "frozen: " + Members.processes(count) + (count == 1 ? " stands still" : " stand still"))
                : new Done(
                        false,
                        "it was told to freeze, and some process still runs in the kernel; it stops when it comes back");
    }

    /** Freezes; false when some process does not stand still in time. */
    boolean freeze(Duration patience) throws IOException {
        ask(true);
        return GroupFile.waitFor(patience, this::isStill);
    }

    /** Thaws, unless a group above is frozen. */
    @Override
    public void takeBack(String before) throws IOException {
        ask(false);
    }

    private void ask(boolean isFrozen) throws IOException {
        switch (hierarchy) {
            case UNIFIED -> GroupFile.write(group.resolve("cgroup.freeze"), isFrozen ? "1" : "0");
            case FREEZER -> GroupFile.write(group.resolve("freezer.state"), isFrozen ? "FROZEN" : "THAWED");
        }
    }

    private boolean isStill() throws IOException {
        return switch (hierarchy) {
            case UNIFIED -> GroupFile.event(group, "frozen").equals("1");
            // Reading makes the kernel look again at what was still on its way.
            case FREEZER -> GroupFile.read(group.resolve("freezer.state")).equals("FROZEN");
        };
    }
}
