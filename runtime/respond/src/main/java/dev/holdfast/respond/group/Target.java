package dev.holdfast.respond.group;

import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.ContainerGroups.Group;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.libbpf.HeldFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A container to be acted on.
 *
 * @param group its control group, in the hierarchy that it is acted on by
 * @param folder of the group
 * @param pids the folder of the same group in the hierarchy of version 1 that counts processes, where there is one
 * @param freezer its folder in the hierarchy of version 1 that freezes, where there is one
 */
public record Target(Group group, Hierarchy hierarchy, Path folder, Optional<Path> pids, Optional<Path> freezer) {
    /** By which control groups a container is acted on. */
    public enum Hierarchy {
        /** Version 2. */
        UNIFIED,
        /** Version 1, by the hierarchy that freezes: for containers that have no process in one of version 2. */
        FREEZER
    }

    /** What its engine says about it; empty when none does. */
    public Optional<Container> container() {
        return group.identity() instanceof Identity.Known(Container known) ? Optional.of(known) : Optional.empty();
    }

    /** The whole id. */
    public String id() {
        return switch (group.identity()) {
            case Identity.Known(Container known) -> known.id();
            case Identity.Unknown unknown -> unknown.id();
            case Identity.Unnamed none -> "";
        };
    }

    /** As people call it: its name, else its id, cut. */
    public String name() {
        return switch (group.identity()) {
            case Identity.Known(Container known) ->
                known.name().filter(name -> !name.isEmpty()).orElseGet(known::shortId);
            case Identity.Unknown unknown -> unknown.shortId();
            case Identity.Unnamed none -> group.path();
        };
    }

    /**
     * Holds the folder open, so that whatever is written reaches this group or none.
     *
     * @throws NoSuchFileException when the group has ended, also when another one has its path now
     */
    public HeldFolder hold() throws IOException {
        HeldFolder held = HeldFolder.open(folder);
        boolean isSame = false;
        try {
            isSame = ((Number) Files.getAttribute(held.path(), "unix:ino")).longValue() == group.id();
        } finally {
            if (!isSame) {
                held.close();
            }
        }
        if (!isSame) {
            throw new NoSuchFileException(folder.toString());
        }
        return held;
    }
}
